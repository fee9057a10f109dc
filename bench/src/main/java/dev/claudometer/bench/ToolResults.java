package dev.claudometer.bench;

/// Writes what the tools answered: the larger part of every transcript.
final class ToolResults {
  private final Bytes out;
  private final Dice dice;
  private final Texts texts;
  private final Lines lines;

  ToolResults(Bytes out, Dice dice, Texts texts, Lines lines) {
    this.out = out;
    this.dice = dice;
    this.texts = texts;
    this.lines = lines;
  }

  /// @return how many bytes of it the model will read
  int write(long at, Block.Call call) {
    lines.open();
    out.put(
        ",'type':'user','message':{'role':'user','content':[{'tool_use_id':'%','type':'tool_result','content':",
        call.id());
    int length = dice.logNormal(1800, 1.45, 400_000);
    int read =
        switch (call.tool()) {
          case READ -> file(length);
          case EDIT, WRITE -> edit(Math.min(length, 3000));
          case TASK -> task(Math.clamp(length, 800, 12_000));
          case SCREENSHOT -> image(dice.between(40_000, 500_000));
          default -> output(Math.min(length, 60_000));
        };
    lines.close(at);
    return read;
  }

  private int file(int length) {
    Slice text = texts.numbered(dice, length);
    out.put("'%'}]}", text);
    out.put(
        ",'toolUseResult':{'type':'text','file':{'filePath':'src/%.java','content':'%','numLines':%,'startLine':1}}",
        Texts.typeName(dice), texts.code(dice, (int) (length * .9)), length / 40);
    return text.length();
  }

  private int edit(int length) {
    out.put(
        "'The file has been updated. Its lines around the change:\\n%'}]}",
        texts.numbered(dice, length));
    out.put(
        ",'toolUseResult':{'filePath':'src/%.java','oldString':'%','newString':'%','originalFile':'%'",
        Texts.typeName(dice),
        texts.code(dice, length / 2),
        texts.code(dice, length / 2),
        texts.code(dice, dice.logNormal(9000, 1, 150_000)));
    out.put(
        ",'structuredPatch':[{'oldStart':%,'oldLines':7,'newStart':%,'newLines':9,'lines':['%']}],'userModified':false}",
        dice.below(900), dice.below(900), texts.code(dice, length));
    return length;
  }

  /// A finished subagent: its result repeats a usage object that is no response.
  private int task(int length) {
    Slice text = texts.prose(dice, length);
    out.put("[{'type':'text','text':'%'}]}]}", text);
    out.put(
        ",'toolUseResult':{'status':'completed','agentId':'%','content':[{'type':'text','text':'%'}]",
        dice.hex(8), text);
    out.put(
        ",'totalDurationMs':%,'totalTokens':%,'usage':{'input_tokens':%,'cache_creation_input_tokens':%,"
            + "'cache_read_input_tokens':%,'output_tokens':%,'service_tier':'standard'}}",
        dice.between(5000, 300_000),
        dice.between(9000, 90_000),
        dice.below(9),
        dice.below(9000),
        dice.below(80_000),
        dice.below(2000));
    return text.length();
  }

  private int image(int length) {
    Slice pixels = texts.base64(dice, length);
    String image =
        "[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'%'}}]";
    out.put(image + "}]},'toolUseResult':" + image, pixels, pixels);
    return 6000;
  }

  private int output(int length) {
    Slice text = texts.code(dice, length);
    if (dice.chance(.06)) {
      out.put("'%','is_error':true}]},'toolUseResult':'Error: Exit code 1\\n%'", text, text);
    } else {
      out.put("'%'}]},'toolUseResult':{'stdout':'%','stderr':'','interrupted':false}", text, text);
    }
    return text.length();
  }
}
