package dev.claudometer.bench;

import java.util.ArrayList;
import java.util.List;

/// One transcript as it comes about: prompts, responses, tool calls and what goes wrong.
final class Conversation {
  private static final int REPEATED_LINES = 40;

  private final Dice dice;
  private final Texts texts;
  private final Truth truth;
  private final Speaker speaker;
  private final Bytes out;
  private final Lines lines;
  private final SideLines sides;
  private final ToolResults results;
  private final boolean damage;
  private final boolean hourCache;
  private final List<Lines.Written> written = new ArrayList<>();
  private final long latest;
  private long now;
  private String model;
  private long context;
  private long unread;

  Conversation(Home home, Speaker speaker, Bytes out, long start, long latest, String purpose) {
    this.dice = new Dice(home.options().seed(), purpose);
    this.texts = home.texts();
    this.truth = home.truth();
    this.damage = home.options().damage();
    this.speaker = speaker;
    this.out = out;
    this.now = start;
    this.latest = latest;
    this.lines = new Lines(out, dice, texts, speaker);
    this.sides = new SideLines(out, dice, texts, lines, speaker);
    this.results = new ToolResults(out, dice, texts, lines);
    this.hourCache = speaker.era().splitsCache() && !speaker.isAgent() && dice.chance(.4);
    this.model = speaker.era().model(dice);
    this.context = dice.between(12_000, 28_000);
    this.unread = dice.between(500, 6000);
  }

  long now() {
    return now;
  }

  Speaker speaker() {
    return speaker;
  }

  /// @param delegate what happens when the Task tool is called
  void run(long target, Runnable delegate) {
    if (!speaker.isAgent() && target - out.size() < 900) {
      sides.summary();
      return;
    }
    begin();
    while (out.size() < target - 4000) {
      List<Block.Call> calls = respond();
      if (calls.stream().anyMatch(call -> call.tool() == Tool.TASK)) {
        delegate.run();
      }
      if (calls.isEmpty() || dice.chance(.03)) {
        pauseAndAsk();
      }
      accidents();
    }
  }

  /// Now and then, ends the file as a power failure does.
  void end() {
    if (dice.chance(.02)) {
      sides.torn();
    }
  }

  /// Repeats an agent's first responses, as parents did until 2.1.2xx.
  void repeat(Conversation agent) {
    agent.written.forEach(line -> lines.progress(line, agent.speaker.agent()));
    truth.trap("agents repeated by their parent");
  }

  private void begin() {
    if (!speaker.isAgent() && dice.chance(.3)) {
      sides.summary();
    }
    lines.prompt(now, texts.prose(dice, dice.logNormal(150, 1.1, 20_000)));
    if (speaker.era() == Era.TRACED) {
      sides.requestShape(now);
    }
  }

  private void pauseAndAsk() {
    boolean overNight = dice.chance(.03);
    pass(overNight ? 9 * 3600 : 90);
    if (!speaker.isAgent()) {
      lines.prompt(now, texts.prose(dice, dice.logNormal(150, 1.1, 20_000)));
      if (dice.chance(.03)) {
        model = speaker.era().model(dice);
      }
    }
    unread += 250;
  }

  private void accidents() {
    if (dice.chance(.12)) {
      sides.any(now);
    }
    if (dice.chance(.004)) {
      sides.retriedError(now);
      lines.synthetic(now);
    }
    if (dice.chance(.0025)) {
      sides.wreck();
    }
    if (context > 165_000) {
      lines.compaction(now, context);
      context = dice.between(14_000, 34_000);
      unread = 3000;
    }
  }

  private List<Block.Call> respond() {
    pass(4);
    List<Block> blocks = blocks();
    List<Block.Call> calls =
        blocks.stream().filter(Block.Call.class::isInstance).map(Block.Call.class::cast).toList();
    int characters = blocks.stream().mapToInt(Block::length).sum();
    Response response =
        response(Math.max(4, characters / 4 + dice.between(2, 60)), !calls.isEmpty());
    boolean inBetween = calls.size() > 1 && dice.chance(.5);
    write(response, blocks, inBetween);
    if (!inBetween) {
      calls.forEach(this::answer);
    }
    context += response.tokens().output();
    return calls;
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    if (dice.chance(.34)) {
      blocks.add(new Block.Thought(dice.logNormal(540, .9, 9000)));
    }
    boolean calls = dice.chance(.82);
    if (!calls || dice.chance(.45)) {
      blocks.add(new Block.Said(dice.logNormal(270, 1, 12_000)));
    }
    int count = !calls ? 0 : dice.chance(.86) ? 1 : dice.between(2, 5);
    for (int i = 0; i < count; i++) {
      blocks.add(Block.Call.roll(dice, speaker.isAgent()));
    }
    return blocks;
  }

  private Response response(int output, boolean calls) {
    String reference = speaker.era() == Era.TRACED ? dice.uuid() : "";
    if (speaker.era() == Era.TRACED) {
      sides.request(now, reference, model);
    }
    long read = context;
    long write = unread + dice.below(400);
    if (dice.chance(.02)) {
      write += read;
      read = 0;
    }
    long hour = !hourCache ? 0 : dice.chance(.05) ? write / 3 : write;
    context += unread;
    unread = 0;
    long input = dice.chance(.93) ? dice.between(1, 12) : dice.between(12, 6000);
    boolean fast = model.matches("claude-opus-(4-6|5)") && dice.chance(.04);
    String stopReason = !speaker.era().tellsStopReason() ? "" : calls ? "tool_use" : "end_turn";
    return new Response(
        dice.id("msg_01", 22),
        dice.id("req_011C", 20),
        reference,
        model,
        fast,
        new Tokens(input, output, write - hour, hour, read),
        stopReason);
  }

  /// Writes one line per block. Older clients wrote each as it came, with the output so far.
  private void write(Response whole, List<Block> blocks, boolean answerInBetween) {
    boolean placeholder = speaker.era() == Era.NESTED && speaker.isAgent() && dice.chance(.17);
    Response last = placeholder ? whole.withOutput(dice.between(1, 10)).withoutStopReason() : whole;
    boolean grows = !placeholder && speaker.era() != Era.TRACED && dice.chance(.6);
    boolean repeated = written.size() + blocks.size() <= REPEATED_LINES;
    long most = 0;
    long completion = now;
    for (int i = 0; i < blocks.size(); i++) {
      pass(2.5);
      Response copy = grows && i < blocks.size() - 1 ? partial(whole, i) : last;
      if (copy.tokens().output() > most) {
        most = copy.tokens().output();
        completion = now;
      }
      Lines.Form form = form(blocks.get(i));
      Lines.Written line = lines.answer(now, copy, blocks.get(i), i, form);
      truth.usageLine();
      if (repeated && speaker.isAgent() && speaker.era() == Era.NESTED) {
        written.add(line);
      }
      if (form == Lines.Form.GLUED) {
        out.dropNewline();
      }
      if (answerInBetween && blocks.get(i) instanceof Block.Call call) {
        answer(call);
      }
    }
    truth.response(completion, last.model(), last.tokens(), !last.stopReason().isEmpty());
  }

  private Response partial(Response whole, int index) {
    long output = whole.tokens().output();
    long sofar = 1 + (long) (output * (index + 1) * dice.fraction() * .12);
    return whole.withOutput(Math.min(sofar, output - 1)).withoutStopReason();
  }

  private Lines.Form form(Block block) {
    if (!damage || !dice.chance(.004)) {
      return Lines.Form.PLAIN;
    }
    Lines.Form form =
        switch (block) {
          case Block.Thought _ -> Lines.Form.SPACED;
          case Block.Said _ -> Lines.Form.HALF_CHARACTER;
          case Block.Call _ -> dice.chance(.5) ? Lines.Form.NULL_IN_INPUT : Lines.Form.GLUED;
        };
    truth.trap(form.explanation);
    return form;
  }

  private void answer(Block.Call call) {
    pass(7);
    unread += results.write(now, call) / 4;
  }

  private void pass(double seconds) {
    now = Math.min(latest, now + 40 + (long) (dice.exponential(seconds) * 1000));
  }
}
