package dev.claudometer.store;

/// A store whose revisions are told to others, who remember them.
public interface Sender {

  /// Names the numbers that revisions are: those of another sender mean something else.
  String sender();

  /// Becomes another sender: an earlier state of this store has given away revisions that it does
  /// not know of.
  void rename();

  /// Makes everything that is stored survive a power cut as well. Then no revision that a server
  /// has been told of is given to another change.
  void settle();
}
