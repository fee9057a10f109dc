package dev.claudometer.cli.options;

import dev.claudometer.app.config.Values;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/// Who can reach an exporter.
public final class ListenOptions {

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: 127.0.0.1.")
  private String listen = "127.0.0.1";

  @Option(
      names = "--allow-plain-http",
      description =
          "Listen on addresses other than this machine's own: anyone who can connect can read.")
  private boolean allowPlainHttp;

  public InetAddress address(Values values) {
    try {
      InetAddress address = InetAddress.getByName(listen);
      if (!address.isLoopbackAddress() && !allowPlainHttp) {
        values.problem(
            "on "
                + listen
                + " anyone who can connect could read it: give --allow-plain-http if a"
                + " firewall or a private network keeps others away");
      }
      return address;
    } catch (UnknownHostException unknown) {
      values.problem("--listen: there is no address '" + listen + "'");
      return InetAddress.getLoopbackAddress();
    }
  }
}
