package dev.claudometer.bench;

import java.time.Instant;

/// Writes the conversation lines of one transcript: prompts, answers and what surrounds them.
final class Lines {

  /// An assistant line that a parent may repeat.
  record Written(Slice message, String request, long at) {}

  /// Forms of a usage line that some readers lose.
  enum Form {
    PLAIN(""),
    NULL_IN_INPUT("null id inside a tool's input"),
    HALF_CHARACTER("half of a surrogate pair in the text"),
    SPACED("blanks around the colon after usage"),
    GLUED("two records on one line");

    final String explanation;

    Form(String explanation) {
      this.explanation = explanation;
    }
  }

  private final Bytes out;
  private final Dice dice;
  private final Texts texts;
  private final Speaker speaker;
  private final String envelope;
  private String parent = "";

  Lines(Bytes out, Dice dice, Texts texts, Speaker speaker) {
    this.out = out;
    this.dice = dice;
    this.texts = texts;
    this.speaker = speaker;
    this.envelope = speaker.envelope();
  }

  /// Opens a line; the body and [#close] follow.
  void open() {
    out.put("{'parentUuid':%,'isSidechain':%", nullable(parent), speaker.isAgent());
    if (!speaker.era().envelopeLast()) {
      out.put("%", envelope);
    }
  }

  void close(long at) {
    String uuid = dice.uuid();
    out.put(",'uuid':'%','timestamp':'%'", uuid, time(at));
    if (speaker.era().envelopeLast()) {
      out.put("%", envelope);
    }
    out.put("}\n");
    parent = uuid;
  }

  void prompt(long at, Slice text) {
    open();
    out.put(",'type':'user','message':{'role':'user','content':'%'}", text);
    if (speaker.era().envelopeLast()) {
      out.put(",'permissionMode':'default','promptSource':'typed','turnOrigin':'human'");
    }
    close(at);
  }

  Written answer(long at, Response response, Block block, int index, Form form) {
    open();
    out.put(",'message':");
    int from = out.size();
    out.put(
        "{'model':'%','id':'%','type':'message','role':'assistant','content':[",
        response.model(), response.id());
    content(block, form);
    out.put("],'stop_reason':%,'stop_sequence':null,", nullable(response.stopReason()));
    out.put(form == Form.SPACED ? "'usage' : " : "'usage':");
    usage(response);
    out.put("}");
    int to = out.size();
    if (speaker.era().envelopeLast()) {
      out.put(",'apiBlockIndex':%,'requestRef':'%'", index, response.reference());
    }
    out.put(",'requestId':'%','type':'assistant'", response.request());
    close(at);
    return new Written(out.slice(from, to), response.request(), at);
  }

  /// A subagent's line as its parent repeats it while the agent works.
  void progress(Written line, String agent) {
    open();
    out.put(
        ",'type':'progress','data':{'message':{'type':'assistant','timestamp':'%'", time(line.at));
    out.put(",'message':%,'requestId':'%','uuid':'%'}", line.message, line.request, dice.uuid());
    out.put(",'normalizedMessages':[],'type':'agent_progress','prompt':'','agentId':'%'}", agent);
    out.put(
        ",'toolUseID':'%','parentToolUseID':'%'",
        dice.id("agent_msg_01", 22), dice.id("toolu_01", 22));
    close(line.at);
  }

  /// An answer that is none: the client's own words after an error.
  void synthetic(long at) {
    boolean limit = dice.chance(.4);
    open();
    out.put(
        ",'message':{'id':'%','model':'<synthetic>','role':'assistant','stop_reason':'stop_sequence','type':'message',",
        dice.uuid());
    out.put(
        "'usage':{'input_tokens':0,'output_tokens':0,'cache_creation_input_tokens':0,'cache_read_input_tokens':0,"
            + "'service_tier':null,'speed':null},'content':[{'type':'text','text':'%'}]}",
        limit ? "You have reached your usage limit" : "API Error: 529 Overloaded");
    out.put(",'type':'assistant','error':'%'", limit ? "rate_limit" : "server_error");
    out.put(",'isApiErrorMessage':true,'apiErrorStatus':%", limit ? 429 : 529);
    close(at);
  }

  void compaction(long at, long context) {
    String before = parent;
    parent = "";
    open();
    out.put(
        ",'logicalParentUuid':%,'type':'system','subtype':'compact_boundary'", nullable(before));
    out.put(
        ",'content':'Conversation compacted','isMeta':false,'level':'info',"
            + "'compactMetadata':{'trigger':'auto','preTokens':%}",
        context);
    close(at);
    open();
    out.put(
        ",'type':'user','message':{'role':'user','content':'The conversation so far: %'}"
            + ",'isVisibleInTranscriptOnly':true,'isCompactSummary':true",
        texts.prose(dice, 9000));
    close(at);
  }

  static String time(long at) {
    String text = Instant.ofEpochMilli(at).toString();
    return text.length() == 24 ? text : text.substring(0, 19) + ".000Z";
  }

  private void content(Block block, Form form) {
    switch (block) {
      case Block.Thought(int length) ->
          out.put(
              "{'type':'thinking','thinking':'%','signature':'%'}",
              texts.prose(dice, length), texts.base64(dice, 300 + length / 2));
      case Block.Said(int length) ->
          out.put(
              "{'type':'text','text':'%%'}",
              texts.prose(dice, length), form == Form.HALF_CHARACTER ? "\\ud83d" : "");
      case Block.Call call -> {
        out.put("{'type':'tool_use','id':'%','name':'%','input':{", call.id(), call.tool().title);
        input(call);
        out.put(form == Form.NULL_IN_INPUT ? ",'id':null}}" : "}}");
      }
    }
  }

  private void input(Block.Call call) {
    String file = speaker.cwd() + "/src/" + Texts.word(dice) + "/" + Texts.typeName(dice) + ".java";
    int length = call.length();
    switch (call.tool()) {
      case BASH ->
          out.put(
              "'command':'rg -n % | head -40','description':'%'",
              Texts.word(dice), texts.prose(dice, 40));
      case READ -> out.put("'file_path':'%','offset':%", file, dice.below(900));
      case EDIT ->
          out.put(
              "'file_path':'%','old_string':'%','new_string':'%','replace_all':false",
              file, texts.code(dice, length / 2), texts.code(dice, length / 2));
      case WRITE -> out.put("'file_path':'%','content':'%'", file, texts.code(dice, length));
      case GREP ->
          out.put("'pattern':'%.*%','path':'%'", Texts.word(dice), Texts.word(dice), speaker.cwd());
      case TODO_WRITE ->
          out.put("'todos':[{'content':'%','status':'pending'}]", texts.prose(dice, length));
      case WEB_FETCH ->
          out.put(
              "'url':'https://example.org/%','prompt':'%'",
              Texts.word(dice), texts.prose(dice, length));
      case TASK ->
          out.put("'description':'%','prompt':'%'", Texts.word(dice), texts.prose(dice, length));
      case SCREENSHOT -> out.put("'fullPage':true");
    }
  }

  private void usage(Response response) {
    Tokens t = response.tokens();
    out.put(
        "{'input_tokens':%,'cache_creation_input_tokens':%,'cache_read_input_tokens':%,",
        t.input(), t.cacheWrite(), t.cacheRead());
    if (speaker.era().splitsCache()) {
      out.put(
          "'cache_creation':{'ephemeral_5m_input_tokens':%,'ephemeral_1h_input_tokens':%},",
          t.cacheWrite5m(), t.cacheWrite1h());
    }
    out.put("'output_tokens':%,'service_tier':'standard'", t.output());
    if (speaker.era().tellsStopReason()) {
      out.put(",'server_tool_use':{'web_search_requests':0,'web_fetch_requests':0}");
      out.put(",'inference_geo':'not_available','iterations':[");
      if (speaker.era() == Era.NESTED) {
        out.put("{'input_tokens':%,'output_tokens':%,'type':'message'}", t.input(), t.output());
      }
      out.put("],'speed':'%'", response.fast() ? "fast" : "standard");
    }
    out.put("}");
  }

  private static String nullable(String text) {
    return text.isEmpty() ? "null" : '"' + text + '"';
  }
}
