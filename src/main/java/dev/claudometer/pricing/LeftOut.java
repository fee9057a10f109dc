package dev.claudometer.pricing;

/// Why entries of a list were not taken, where that is no error of the list.
public enum LeftOut {
  OTHER_MAKER("of other makers"),
  NOT_FOR_CHAT("not for chat"),
  NO_PRICE("without a price per token"),
  OTHER_PLACE("the same model at another place, at the price of the one that counts");

  private final String words;

  LeftOut(String words) {
    this.words = words;
  }

  /// Follows a number: `12 of other makers`.
  public String words() {
    return words;
  }
}
