package dev.claudometer.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.claudometer.model.Cause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate chain and its key in PEM files, which may be replaced while the server runs.
public record TlsFiles(Path certificate, Path key) {

  private static final char[] NO_PASSWORD = new char[0];

  /// The files cannot be used; the message says which, and what to do.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Stands for the content of both files.
  long fingerprint() {
    var checksum = new CRC32C();
    checksum.update(bytes(certificate));
    checksum.update(bytes(key));
    return checksum.getValue();
  }

  /// Reads the files.
  ///
  /// @throws Unusable where they are not a certificate and its key
  public SSLContext context() {
    Certificate[] chain = chain();
    PrivateKey privateKey = privateKey();
    checkPair(chain[0], privateKey);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", privateKey, NO_PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException failure) {
      throw new Unusable("cannot use the certificate in " + certificate, failure);
    }
  }

  private Certificate[] chain() {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(certificate)));
      if (chain.isEmpty()) {
        throw new Unusable(
            "no certificate in " + certificate + ": expected PEM", new IOException());
      }
      if (chain.iterator().next() instanceof X509Certificate own) {
        own.checkValidity();
      }
      return chain.toArray(Certificate[]::new);
    } catch (GeneralSecurityException failure) {
      throw new Unusable(
          "the certificate in " + certificate + " cannot be used: " + Cause.of(failure), failure);
    }
  }

  private PrivateKey privateKey() {
    String pem = new String(bytes(key), US_ASCII);
    if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
      throw new Unusable(
          "the key in "
              + key
              + " is not an unencrypted PKCS#8 key: convert it with"
              + " 'openssl pkcs8 -topk8 -nocrypt'",
          new IOException("no PRIVATE KEY block"));
    }
    String base64 =
        pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----.*", "");
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException another) {
        // the next algorithm
      } catch (GeneralSecurityException absent) {
        throw new IllegalStateException(absent);
      }
    }
    throw new Unusable(
        "the key in " + key + " is neither RSA, EC nor Ed25519", new IOException("unknown key"));
  }

  private void checkPair(Certificate own, PrivateKey privateKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> privateKey.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(new byte[32]);
      byte[] signed = signature.sign();
      signature.initVerify(own.getPublicKey());
      signature.update(new byte[32]);
      if (!signature.verify(signed)) {
        throw new GeneralSecurityException("signature does not verify");
      }
    } catch (GeneralSecurityException mismatch) {
      throw new Unusable(
          "the key in " + key + " is not that of the certificate in " + certificate, mismatch);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new Unusable("cannot read " + file, failure);
    }
  }
}
