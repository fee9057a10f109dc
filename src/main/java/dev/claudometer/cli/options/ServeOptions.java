package dev.claudometer.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a server is started. An option wins over its environment variable, `NAME_FILE` names a file
/// that holds the value of `NAME`.
public final class ServeOptions {

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: 127.0.0.1.")
  public @Nullable String listen;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on. Default: $$PORT, else 3000.")
  public @Nullable String port;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "file:PATH, jdbc:sqlite:PATH or postgresql://USER:PASSWORD@HOST/NAME. Default:"
              + " $$DATABASE_URL, else a file of Claudometer's own.")
  public @Nullable String database;

  @Option(names = "--no-local", description = "Do not count this machine's own transcripts.")
  public boolean noLocal;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What people call this machine. Default: its host name at the first start.")
  public @Nullable String name;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM.")
  public @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, PKCS#8 PEM.")
  public @Nullable Path tlsKey;

  @Option(
      names = "--allow-plain-http",
      description = "Listen on addresses other than this machine's own without TLS.")
  public boolean allowPlainHttp;

  @Option(
      names = "--trusted-proxies",
      paramLabel = "NETWORKS",
      description = "Proxies whose X-Forwarded-For is believed: 10.0.0.0/8,::1.")
  public @Nullable String trustedProxies;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "What people type to reach the server: https://claudometer.example.")
  public @Nullable String publicUrl;

  @Option(
      names = "--open-registration",
      description = "Let machines register without a code or a login (peer protocol only).")
  public boolean openRegistration;

  @Option(
      names = "--telemetry-gateway",
      paramLabel = "MACHINES",
      description =
          "Machines, by name or id, that may say whose telemetry they send on: Claude apps"
              + " gateways. Default: $$CLAUDOMETER_TELEMETRY_GATEWAY, else none.")
  public @Nullable String telemetryGateway;

  @Mixin public OtlpOptions otlp = new OtlpOptions();
}
