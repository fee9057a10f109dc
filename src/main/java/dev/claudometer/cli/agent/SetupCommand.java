package dev.claudometer.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.agent.forward.HttpLink;
import dev.claudometer.agent.service.AgentConfig;
import dev.claudometer.agent.service.AgentConfigFile;
import dev.claudometer.app.agent.AgentFiles;
import dev.claudometer.app.config.ServerVariables;
import dev.claudometer.app.config.Values;
import dev.claudometer.app.process.Failed;
import dev.claudometer.app.process.HostName;
import dev.claudometer.app.process.Surroundings;
import dev.claudometer.app.process.WrongUsage;
import dev.claudometer.cli.install.ClientTelemetry;
import dev.claudometer.cli.options.OtlpOptions;
import dev.claudometer.server.otlp.Ports;
import dev.claudometer.wire.Enrolled;
import dev.claudometer.wire.EnrolmentRequest;
import dev.claudometer.wire.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `agent setup`: gets this machine a key, or checks the one that it is given, and remembers it.
@Command(
    name = "setup",
    description = {
      "Set this machine up: with a code from the server's 'Devices', or with a key.",
      "Without options it asks, and takes over the settings of claude-usage-daemon where there are"
          + " some. Whichever way: where claude-usage-daemon sends to the same server, what starts"
          + " it is stopped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SetupCommand implements Callable<Integer> {

  private static final int LONGEST_KEY = 1_100;
  private static final String USUAL_SERVER = "http://localhost:3000";

  private final Surroundings surroundings;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      description = "Where the server is, such as https://claudometer.example.")
  private @Nullable String server;

  @ArgGroup(exclusive = true)
  private Proof proof = new Proof();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "What people call this machine. Default: its host name.")
  private @Nullable String name;

  @Option(
      names = "--telemetry",
      description =
          "Let Claude Code send its telemetry to the agent: shows what that changes in its"
              + " settings, and asks. On a machine that is set up, nothing else is done.")
  private boolean telemetry;

  SetupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  private static final class Proof {
    @Option(
        names = {"-c", "--code"},
        paramLabel = "CODE",
        description = "An enrolment code: it works once.")
    @Nullable String code;

    @Option(
        names = {"-k", "--key"},
        paramLabel = "KEY",
        description =
            "A key of this machine, which begins with dk_. Other users of this machine can see what"
                + " a command is started with: prefer --key-file.")
    @Nullable String key;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "A file that holds the key and nothing else; - for standard input.")
    @Nullable String keyFile;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentFiles files = AgentFiles.of(surroundings);
    var questions = new Dialogue(surroundings);
    boolean asked = server != null || proof.code != null || proof.key != null;
    if (telemetry && !asked && proof.keyFile == null && Files.exists(files.config().path())) {
      sendHere(questions);
      return 0;
    }
    PeerConfig peer =
        server == null && proof.code == null && proof.key == null && proof.keyFile == null
            ? PeerConfig.offered(surroundings, questions)
            : null;
    AgentConfig config = peer == null ? ask(questions) : takeOver(peer);
    write(files, config);
    PeerDaemon.giveWay(surroundings, config.server());
    surroundings
        .out()
        .println(
            config.server()
                + " knows this machine as '"
                + config.name()
                + (files.running() == null
                    ? "'. Start with: claudometer agent start"
                    : "'. The agent takes that up with: claudometer agent restart"));
    if (telemetry) {
      sendHere(questions);
    }
    return 0;
  }

  private void sendHere(Dialogue questions) {
    var values = new Values(surroundings);
    int port = new OtlpOptions().ports(values).http();
    values.check();
    if (port == Ports.NONE) {
      throw new WrongUsage(
          ServerVariables.OTLP_HTTP_PORT.name() + " is none: the agent would not hear it");
    }
    new ClientTelemetry(surroundings).switchOn(port, questions::yes);
  }

  private AgentConfig ask(Dialogue questions) throws InterruptedException {
    URI url = url(server == null ? questions.ask("Server", USUAL_SERVER) : server);
    String code = proof.code;
    String key = proof.keyFile == null ? proof.key : keyOf(proof.keyFile);
    if (code == null && key == null) {
      String answer = questions.ask("Enrolment code, or a key", "");
      code = answer.startsWith("dk_") ? null : answer;
      key = answer.startsWith("dk_") ? answer : null;
    }
    return key != null ? known(url, key) : enrolled(url, code, questions);
  }

  private String keyOf(String file) {
    try (InputStream in =
        file.equals("-") ? surroundings.in() : Files.newInputStream(Path.of(file))) {
      return new String(in.readNBytes(LONGEST_KEY), UTF_8).strip();
    } catch (IOException failure) {
      throw new Failed("cannot read the key in " + file, failure);
    }
  }

  private AgentConfig enrolled(URI url, @Nullable String code, Dialogue questions)
      throws InterruptedException {
    if (code == null || code.isBlank()) {
      throw new WrongUsage(
          "setup needs --code or --key: a server shows codes to its administrator");
    }
    String wanted = name == null ? questions.askIfAsking("Name of this machine", host()) : name;
    try (var link = new HttpLink(url, "", surroundings.clock())) {
      Enrolled enrolled = link.enrol(new EnrolmentRequest(code.strip(), wanted, host()));
      return new AgentConfig(
          url,
          enrolled.key(),
          enrolled.device(),
          enrolled.name(),
          List.of(),
          AgentConfig.USUAL_INTERVAL);
    } catch (HttpLink.Refused refused) {
      throw new Failed(String.valueOf(refused.getMessage()), refused);
    }
  }

  private AgentConfig takeOver(PeerConfig peer) throws InterruptedException {
    AgentConfig known = known(url(peer.server()), peer.key());
    return new AgentConfig(
        known.server(), known.key(), known.device(), known.name(), peer.homes(), peer.interval());
  }

  private AgentConfig known(URI url, String key) throws InterruptedException {
    if (!key.matches("[\\x21-\\x7e]{1,1000}")) {
      throw new WrongUsage("--key has to be one word, exactly as the server showed it");
    }
    try (var link = new HttpLink(url, key, surroundings.clock())) {
      Machine machine = link.machine();
      return new AgentConfig(
          url, key, machine.id(), machine.name(), List.of(), AgentConfig.USUAL_INTERVAL);
    } catch (HttpLink.Refused refused) {
      throw new Failed(String.valueOf(refused.getMessage()), refused);
    }
  }

  private URI url(String text) {
    URI url = AgentConfigFile.serverOrNull(text);
    if (url == null) {
      throw new WrongUsage("--server has to be a URL such as https://claudometer.example");
    }
    if ("http".equals(url.getScheme()) && !loopback(url.getHost())) {
      surroundings
          .err()
          .println(
              "claudometer: the key travels to " + url.getHost() + " in the clear: prefer https");
    }
    return url;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private String host() {
    return HostName.of(surroundings);
  }

  private static void write(AgentFiles files, AgentConfig config) {
    try {
      files.config().write(config);
    } catch (IOException failure) {
      throw new Failed("cannot write " + files.config().path(), failure);
    }
  }
}
