package dev.claudometer.bench;

/// Writes the lines that tell no usage: bookkeeping of the client, and wreckage.
final class SideLines {
  private final Bytes out;
  private final Dice dice;
  private final Texts texts;
  private final Lines lines;
  private final Speaker speaker;

  SideLines(Bytes out, Dice dice, Texts texts, Lines lines, Speaker speaker) {
    this.out = out;
    this.dice = dice;
    this.texts = texts;
    this.lines = lines;
    this.speaker = speaker;
  }

  void summary() {
    out.put(
        "{'type':'summary','summary':'%','leafUuid':'%'}\n", texts.prose(dice, 50), dice.uuid());
  }

  void any(long at) {
    switch (dice.weighted(25, 20, 20, 12, 15, 8)) {
      case 0 -> snapshot(at);
      case 1 -> queueOperation(at);
      case 2 -> {
        lines.open();
        out.put(
            ",'type':'system','subtype':'turn_duration','durationMs':%,'isMeta':false",
            dice.below(900_000));
        lines.close(at);
      }
      case 3 -> {
        lines.open();
        out.put(
            ",'type':'system','subtype':'local_command','content':'<command-name>/model</command-name>'");
        lines.close(at);
      }
      case 4 -> {
        lines.open();
        out.put(
            ",'type':'progress','data':{'type':'bash_progress','output':'%'}",
            texts.code(dice, 900));
        lines.close(at);
      }
      default -> summary();
    }
  }

  void retriedError(long at) {
    lines.open();
    out.put(
        ",'type':'system','subtype':'api_error','level':'error','error':{'status':529},'retryInMs':%,"
            + "'retryAttempt':%,'maxRetries':10",
        500 + dice.below(30_000) + .5, dice.between(1, 10));
    lines.close(at);
  }

  /// The system prompt and the tools, each time that they changed.
  void requestShape(long at) {
    out.put(
        "{'type':'api-request-shape','sessionId':'%','shapeHash':'%','timestamp':'%','version':'%','shape':{'system':'%'}}\n",
        speaker.session(),
        dice.hex(64),
        Lines.time(at),
        speaker.version(),
        texts.prose(dice, 38_000));
  }

  void request(long at, String id, String model) {
    String blob = dice.hex(64);
    out.put(
        "{'type':'api-request-blob','sessionId':'%','hash':'%','message':{'role':'user','content':'%'}}\n",
        speaker.session(), blob, texts.prose(dice, 1200));
    out.put(
        "{'type':'api-request','sessionId':'%','id':'%','timestamp':'%','version':'%','querySource':'%',",
        speaker.session(),
        id,
        Lines.time(at),
        speaker.version(),
        speaker.isAgent() ? "agent:builtin:general-purpose" : "repl_main_thread");
    out.put(
        "'params':{'model':'%','max_tokens':128000},'keep':0,'tail':['%'],'requestDigest':'%'}\n",
        model, blob, dice.hex(64));
  }

  /// What an interrupted write leaves behind: nothing on it can be counted.
  void wreck() {
    switch (dice.below(5)) {
      case 0 -> {
        lines.open();
        out.put(
            ",'message':{'model':'claude-opus-4-6','content':[{'type':'text','text':'cut here ");
        summary();
      }
      case 1 -> {
        lines.open();
        out.put(
            ",'message':{'id':'%','usage':{'input_tokens':12,'cache_cre\n", dice.id("msg_01", 22));
      }
      case 2 -> {
        out.repeat(0, dice.between(16, 4096));
        out.put("\n");
      }
      case 3 -> out.put("\n");
      default -> {
        out.put("{'type':'user','message':{'role':'user','content':'");
        out.repeat(0xFF, 3);
        out.put("'}}\n");
      }
    }
  }

  /// The power failed: the last line has no end.
  void torn() {
    lines.open();
    out.put(
        ",'message':{'id':'%','content':[{'type':'text','text':'%",
        dice.id("msg_01", 22), texts.prose(dice, 90));
  }

  private void snapshot(long at) {
    out.put(
        "{'type':'file-history-snapshot','messageId':'%','snapshot':{'trackedFileBackups':{",
        dice.uuid());
    int files = dice.between(1, 12);
    for (int i = 0; i < files; i++) {
      out.put(i == 0 ? "" : ",");
      out.put(
          "'src/%.java':{'backupFileName':'%@v1','version':1}", Texts.typeName(dice), dice.hex(16));
    }
    out.put("},'timestamp':'%'},'isSnapshotUpdate':false}\n", Lines.time(at));
  }

  private void queueOperation(long at) {
    out.put(
        "{'type':'queue-operation','operation':'enqueue','timestamp':'%','sessionId':'%','content':'%'}\n",
        Lines.time(at), speaker.session(), texts.prose(dice, 60));
  }
}
