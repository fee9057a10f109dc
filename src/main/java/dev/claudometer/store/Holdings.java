package dev.claudometer.store;

import dev.claudometer.model.FileRead;
import java.util.List;
import java.util.Map;

/// What is known of files and of the store itself.
///
/// @param files the sum of all readings of each file
/// @param tools how often each tool was called in counted responses
/// @param events stored responses and parts of them, replays included
/// @param replays those of them that do not count
/// @param bytes size of the database
public record Holdings(
    List<FileRead> files, Map<String, Long> tools, long events, long replays, long bytes) {}
