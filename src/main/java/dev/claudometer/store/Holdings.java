package dev.claudometer.store;

import dev.claudometer.model.FileRead;
import java.util.List;
import java.util.Map;

/// What is known of files and of the store itself.
///
/// @param files the sum of all readings of each file
/// @param tools how often each tool was called in counted responses
/// @param events stored responses and parts of them, replays included
/// @param replays those of them that do not count, being told by another
/// @param givenWay those that do not count, since they have no message id and their transcript is
///   here
/// @param bytes size of the database
public record Holdings(
    List<FileRead> files,
    Map<String, Long> tools,
    long events,
    long replays,
    long givenWay,
    long bytes) {

  public Holdings withGivenWay(long number) {
    return new Holdings(files, tools, events, replays - number, number, bytes);
  }
}
