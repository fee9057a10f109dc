package dev.claudometer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Writes the files of one Claude home and keeps account of what is in them.
final class Home {
  private static final int LONGEST_HISTORY = 400_000;

  private final Options options;
  private final Texts texts;
  private final Truth truth = new Truth();
  private final Dice dice;
  private final Map<String, History> histories = new HashMap<>();
  private final Bytes main = new Bytes();
  private final Bytes side = new Bytes();
  private long surplus;

  Home(Options options) {
    this.options = options;
    this.texts = new Texts(options.seed());
    this.dice = new Dice(options.seed(), "home");
  }

  Options options() {
    return options;
  }

  Texts texts() {
    return texts;
  }

  Truth truth() {
    return truth;
  }

  void write() throws IOException {
    for (Plan.Session session : new Plan(options).sessions()) {
      write(session);
    }
    Files.writeString(options.out().resolve("settings.json"), "{\"cleanupPeriodDays\": 99999}\n");
    Files.writeString(
        options.out().resolve("history.jsonl"),
        "{\"display\":\"hello\",\"usage\":{\"input_tokens\":1}}\n".repeat(50));
    Files.writeString(options.out().resolve("manifest.json"), truth.manifest(options));
  }

  private void write(Plan.Session session) throws IOException {
    Path folder = project(session.cwd());
    main.clear();
    History history = histories.get(session.cwd());
    boolean fork =
        history != null
            && session.bytes() > 60_000
            && history.end() < session.start()
            && dice.chance(.2);
    Era era = fork ? history.era() : session.era();
    if (fork) {
      history.copy(main, dice.between(3, 9) * session.bytes() / 10, session.id());
      truth.trap("forks");
    }
    String version = era.version(dice);
    Speaker speaker = new Speaker(era, version, session.id(), session.cwd(), branch(), "");
    Conversation conversation =
        new Conversation(this, speaker, main, session.start(), session.latest(), session.id());
    Deque<Long> agents = new ArrayDeque<>(session.agents());
    conversation.run(
        planned(session.bytes()),
        () -> {
          if (!agents.isEmpty()) {
            delegate(folder, conversation, session, agents.pop());
          }
        });
    while (!agents.isEmpty()) {
      delegate(folder, conversation, session, agents.pop());
    }
    if (main.size() < LONGEST_HISTORY && main.size() > 20_000) {
      Slice text = main.copy(0, main.size());
      histories.put(session.cwd(), new History(session.id(), era, text, conversation.now()));
    }
    conversation.end();
    save(main, folder.resolve(session.id() + ".jsonl"), session.bytes());
  }

  private void delegate(Path folder, Conversation parent, Plan.Session session, long bytes) {
    Speaker from = parent.speaker();
    String agent = from.era().flatAgents() ? dice.hex(8) : "a" + dice.hex(16);
    Speaker speaker =
        new Speaker(from.era(), from.version(), from.session(), from.cwd(), from.branch(), agent);
    Path place =
        from.era().flatAgents() ? folder : folder.resolve(session.id()).resolve("subagents");
    side.clear();
    Conversation conversation =
        new Conversation(this, speaker, side, parent.now(), session.latest(), session.id() + agent);
    conversation.run(planned(bytes), () -> {});
    conversation.end();
    try {
      Files.createDirectories(place);
      save(side, place.resolve("agent-" + agent + ".jsonl"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the subagent's transcript below " + place, e);
    }
    if (from.era() == Era.NESTED && dice.chance(.5)) {
      parent.repeat(conversation);
    }
  }

  /// Keeps the sum on course: files end with a whole line, so each is a little too long.
  private long planned(long bytes) {
    return bytes - Math.clamp(surplus, -bytes / 3, bytes / 3);
  }

  private void save(Bytes bytes, Path file, long planned) throws IOException {
    bytes.write(file);
    truth.file(bytes.size());
    surplus += bytes.size() - planned;
  }

  private Path project(String cwd) throws IOException {
    String slug = cwd.replaceAll("[^A-Za-z0-9]", "-");
    return Files.createDirectories(options.out().resolve("projects").resolve(slug));
  }

  private String branch() {
    return dice.chance(.5) ? "main" : "feature/" + Texts.word(dice);
  }
}
