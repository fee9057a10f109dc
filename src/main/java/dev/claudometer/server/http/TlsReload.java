package dev.claudometer.server.http;

import dev.claudometer.model.Cause;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Takes up a new certificate when its files have changed; a bad one leaves the old in use.
final class TlsReload extends AbstractLifeCycle {

  private static final System.Logger LOG = System.getLogger("claudometer.tls");
  private static final long SECONDS = 5;

  private final TlsFiles files;
  private final SslContextFactory.Server factory;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());
  private long fingerprint;

  TlsReload(TlsFiles files, SslContextFactory.Server factory) {
    this.files = files;
    this.factory = factory;
    fingerprint = files.fingerprint();
  }

  @Override
  protected void doStart() {
    var _ = timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      long now = files.fingerprint();
      if (now != fingerprint) {
        fingerprint = now;
        var context = files.context();
        factory.reload(changed -> changed.setSslContext(context));
        LOG.log(System.Logger.Level.INFO, "the certificate in {0} is in use", files.certificate());
      }
    } catch (Exception failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the new certificate is not used, the old one stays: " + Cause.of(failure));
    }
  }

  @Override
  protected void doStop() {
    timer.shutdownNow();
  }
}
