package dev.claudometer.bench;

/// One content block of a response, which becomes one line: a tool call, a thought or text.
sealed interface Block {

  /// How many bytes of content it will have, about.
  int length();

  record Call(Tool tool, String id, int length) implements Block {

    static Call roll(Dice dice, boolean nested) {
      Tool tool = Tool.roll(dice, nested);
      return new Call(tool, dice.id("toolu_01", 22), tool.inputLength(dice));
    }
  }

  record Thought(int length) implements Block {}

  record Said(int length) implements Block {}
}
