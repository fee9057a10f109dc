package dev.claudometer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.server.auth.Access;
import dev.claudometer.server.auth.Principal;
import dev.claudometer.server.http.Guard;
import dev.claudometer.server.http.Listening;
import dev.claudometer.server.http.Route;
import dev.claudometer.server.http.Server;
import dev.claudometer.server.http.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates from files, replaced while the server runs.
@Tag("process")
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path directory;

  @Test
  void newCertificateIsServedWithoutARestartAndABadOneIsNot() throws Exception {
    TlsFiles files = files();
    make("first", "RSA");
    var route = Route.page("/ping", Access.PUBLIC, "ping", _ -> Map.of("status", "ok"));
    Guard open = (_, _) -> new Guard.Admitted(new Principal.Anonymous(), "", true);
    try (var server =
        Server.start(
            new Listening("127.0.0.1", 0, files),
            List.of(route),
            open,
            (_, _, _, _) -> new byte[0],
            InstantSource.system(),
            InstantSource.system())) {
      assertThat(served(server.port())).contains("CN=first");
      Files.writeString(files.key(), "no key at all");
      assertThat(served(server.port())).contains("CN=first");
      make("second", "EC");
      String name = served(server.port());
      while (name.contains("CN=first")) {
        Thread.sleep(200);
        name = served(server.port());
      }
      assertThat(name).contains("CN=second");
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithTheRemedy() throws Exception {
    TlsFiles files = files();
    assertThatThrownBy(files::context).hasMessageContaining("cannot read");
    make("mine", "RSA");
    files.context();
    byte[] key = Files.readAllBytes(files.key());
    Files.writeString(files.key(), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");
    assertThatThrownBy(files::context).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    make("other", "RSA");
    Files.write(files.key(), key);
    assertThatThrownBy(files::context).hasMessageContaining("is not that of the certificate");
    Files.writeString(files.certificate(), "nothing");
    assertThatThrownBy(files::context).hasMessageContaining("certificate");
  }

  private TlsFiles files() {
    return new TlsFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"));
  }

  /// Makes a certificate for a name with the JDK's own tool, and writes it as PEM.
  private void make(String name, String algorithm) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "a",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    }
    pem(files().certificate(), "CERTIFICATE", made.getCertificate("a").getEncoded());
    pem(files().key(), "PRIVATE KEY", made.getKey("a", PASSWORD).getEncoded());
  }

  private static void pem(Path file, String type, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  /// Who a new connection meets.
  private static String served(int port) throws IOException, GeneralSecurityException {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Trusting()}, null);
    try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
      Certificate certificate = socket.getSession().getPeerCertificates()[0];
      return ((X509Certificate) certificate).getSubjectX500Principal().getName();
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
