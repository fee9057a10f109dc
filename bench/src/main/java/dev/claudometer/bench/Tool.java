package dev.claudometer.bench;

/// A tool that Claude Code offers, and how often it is called.
enum Tool {
  BASH("Bash", 30, 160, .5),
  READ("Read", 28, 110, .2),
  EDIT("Edit", 14, 1100, 1),
  GREP("Grep", 10, 90, .2),
  WRITE("Write", 4, 4000, .9),
  TODO_WRITE("TodoWrite", 5, 700, .5),
  WEB_FETCH("WebFetch", 2, 200, .3),
  TASK("Task", 1.4, 1200, .7),
  SCREENSHOT("mcp__browser__screenshot", .15, 40, .1);

  final String title;
  private final double weight;
  private final double inputMedian;
  private final double inputSpread;

  Tool(String title, double weight, double inputMedian, double inputSpread) {
    this.title = title;
    this.weight = weight;
    this.inputMedian = inputMedian;
    this.inputSpread = inputSpread;
  }

  /// @param nested whether an agent asks, which has no agents of its own
  static Tool roll(Dice dice, boolean nested) {
    double[] weights = new double[values().length];
    for (Tool tool : values()) {
      weights[tool.ordinal()] = tool == TASK && nested ? 0 : tool.weight;
    }
    return values()[dice.weighted(weights)];
  }

  int inputLength(Dice dice) {
    return dice.logNormal(inputMedian, inputSpread, 40_000);
  }
}
