package dev.claudometer.app.agent;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.claudometer.agent.ContinuousSync;
import dev.claudometer.agent.LocalSync;
import dev.claudometer.agent.SyncReport;
import dev.claudometer.agent.forward.Destination;
import dev.claudometer.agent.forward.Forwarder;
import dev.claudometer.agent.forward.Forwarding;
import dev.claudometer.agent.forward.Forwarding.Report;
import dev.claudometer.agent.forward.HttpLink;
import dev.claudometer.agent.forward.ServerLink.Answer;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.agent.service.AgentStatus;
import dev.claudometer.agent.service.Notice;
import dev.claudometer.app.answer.Answering;
import dev.claudometer.app.answer.HeldData;
import dev.claudometer.app.answer.Reception;
import dev.claudometer.app.process.DamagedStore;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.ManagedSettings;
import dev.claudometer.app.process.PriceBooks;
import dev.claudometer.app.process.Started;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.Version;
import dev.claudometer.ingest.Gate;
import dev.claudometer.model.Cause;
import dev.claudometer.model.DeviceId;
import dev.claudometer.server.otlp.Onward;
import dev.claudometer.server.otlp.PassThrough;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.server.otlp.Receiver;
import dev.claudometer.server.otlp.Stamps;
import dev.claudometer.server.otlp.TelemetryIntake;
import dev.claudometer.store.StoreException;
import dev.claudometer.store.UsageStore;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An agent with all its parts, from its start to its end.
public final class RunningAgent implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("claudometer.agent");

  /// One reader: beside the work of others, slow is better than hungry.
  private static final int THREADS = 1;

  private static final int FAILURES_WORTH_A_NOTICE = 3;
  private static final long BURST_BYTES = 1_000_000;

  private final Surroundings surroundings;
  private final AgentFiles files;
  private final AgentConfig config;
  private final Answering answering;
  private final PriceBooks prices;
  private final Started parts = new Started(why -> LOG.log(WARNING, why));
  private AgentStatus status;
  private @Nullable HeldData held;
  private @Nullable Reception reception;
  private volatile boolean burst;

  private RunningAgent(
      Surroundings surroundings, AgentFiles files, AgentConfig config, Answering answering) {
    this.surroundings = surroundings;
    this.files = files;
    this.config = config;
    this.answering = answering;
    prices = new PriceBooks(files.state(), ManagedSettings.of(surroundings));
    status = AgentStatus.started(Version.text(), surroundings.clock().instant());
  }

  /// Starts everything; where something fails, what has been started is ended.
  ///
  /// @param answering what it answers in the place of commands
  /// @param live whether every change is sent at once
  /// @param telemetry where Claude Code's own is received, from this machine alone
  /// @param onward where it is sent on to, null for nowhere
  public static RunningAgent start(
      Surroundings surroundings,
      AgentFiles files,
      AgentConfig config,
      Answering answering,
      boolean live,
      Ports telemetry,
      @Nullable URI onward) {
    var agent = new RunningAgent(surroundings, files, config, answering);
    agent.parts.start(() -> agent.start(live, telemetry, onward));
    return agent;
  }

  private void start(boolean live, Ports telemetry, @Nullable URI onward) {
    UsageStore store = store();
    parts.keep(store);
    var link = new HttpLink(config.server(), config.key(), surroundings.clock());
    parts.keep(link);
    var destination = new Destination(store.outbox(), config.device());
    var forwarder =
        new Forwarder(store.outbox(), link, destination, "claudometer/" + Version.text());
    var forwarding =
        new Forwarding(
            forwarder,
            destination,
            config.interval(),
            live,
            report -> reported(report, store, destination),
            new Random());
    parts.keep(forwarding);
    var sync =
        new ContinuousSync(
            new LocalSync(store, DeviceId.THIS, THREADS, (_, _) -> forwarding.changed()),
            () -> AgentFiles.search(surroundings, config).homes(),
            following(forwarding),
            Reception.marks(files.state()));
    parts.keep(sync);
    held = new HeldData(files.state(), files.store(surroundings, config), store, prices, sync);
    parts.keep(this::hangUp);
    receive(telemetry, onward, store, forwarding);
    LOG.log(INFO, "started; sends to " + config.server());
  }

  private void receive(Ports ports, @Nullable URI onward, UsageStore store, Forwarding forwarding) {
    var intake =
        new TelemetryIntake(
            (device, come) -> {
              var gate = new Gate(store, device);
              gate.accept(come);
              gate.flush();
              forwarding.changed();
            },
            onward == null ? Onward.NOWHERE : parts.keep(PassThrough.to(onward)),
            Stamps.NONE);
    parts.keep(Receiver.ofThisMachine(ports, intake, (_, local) -> local ? DeviceId.THIS : null));
  }

  private UsageStore store() {
    UsageStore store =
        DamagedStore.replaced(
            surroundings, files.store(surroundings, config), prices, why -> LOG.log(WARNING, why));
    store.reprice(prices());
    return store;
  }

  /// What stands for the prices in force, those that clients were served lately included.
  private String prices() {
    prices.look(AgentFiles.search(surroundings, config).homes(), clock());
    return prices.reread();
  }

  private ContinuousSync.Listener following(Forwarding forwarding) {
    return new ContinuousSync.Listener() {
      @Override
      public void synced(SyncReport report, boolean everything) {
        RunningAgent.this.synced(report, everything, forwarding);
      }

      @Override
      public void failed(String why) {
        tell(now -> now.notSynced(why));
      }
    };
  }

  private void synced(SyncReport report, boolean everything, Forwarding forwarding) {
    if (report.bytesRead() > 0) {
      forwarding.changed();
    }
    burst |= report.bytesRead() > BURST_BYTES;
    if (everything) {
      tell(now -> now.synced(clock(), report.filesSeen()));
      answer();
    }
  }

  /// Answers the command line, as soon as no other process does.
  private synchronized void answer() {
    HeldData data = held;
    if (reception == null && data != null) {
      reception = Reception.open(surroundings, files.state(), () -> data, answering);
    }
  }

  private synchronized void hangUp() throws IOException {
    held = null;
    if (reception != null) {
      reception.close();
    }
  }

  private void reported(Report report, UsageStore store, Destination destination) {
    try {
      store.reprice(prices());
      long waiting = destination.waiting();
      switch (report.answer()) {
        case Answer.Taken _ -> {
          tell(now -> now.delivered(clock(), waiting));
          burst |= waiting > 0;
        }
        case Answer.NotNow(String why, _) -> failed(why, report, waiting);
        case Answer.TooLarge(String why) -> failed(why, report, waiting);
        case Answer.KeyRefused(String why) -> failed(why, report, waiting);
      }
      if (waiting == 0 || report.failures() > 0) {
        rest(store);
      }
    } catch (StoreException | Failed failure) {
      LOG.log(WARNING, Cause.of(failure).words());
    }
  }

  /// What a burst needed is given back: for hours it may not be needed again.
  private void rest(UsageStore store) {
    if (burst) {
      burst = false;
      store.rest();
      System.gc();
    }
  }

  private void failed(String why, Report report, long waiting) {
    tell(now -> now.failed(why, report.failures(), waiting));
    boolean refused = report.answer() instanceof Answer.KeyRefused;
    if (report.failures() == (refused ? 1 : FAILURES_WORTH_A_NOTICE)) {
      Notice.show(
          refused
              ? "The server does not take this machine's key. Run 'claudometer agent setup'."
              : "Usage cannot be sent at the moment. Nothing is lost; see 'claudometer agent"
                  + " status'.");
    }
  }

  private synchronized void tell(UnaryOperator<AgentStatus> change) {
    status = change.apply(status);
    try {
      status.write(files.status());
    } catch (IOException failure) {
      LOG.log(WARNING, "cannot tell how it is: " + Cause.of(failure));
    }
  }

  private Instant clock() {
    return surroundings.clock().instant();
  }

  /// Ends what was started, the last first.
  @Override
  public void close() {
    parts.close();
    LOG.log(INFO, "ended");
  }
}
