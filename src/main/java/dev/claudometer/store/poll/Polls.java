package dev.claudometer.store.poll;

/// How far the asking of sources over the network has come.
public interface Polls {

  /// Of a source that has not been asked, [Poll#first].
  Poll poll(String source);

  /// Keeps how far it has come where there is nothing else to store.
  void keep(Poll poll);
}
