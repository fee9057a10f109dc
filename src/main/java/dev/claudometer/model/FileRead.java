package dev.claudometer.model;

import java.util.List;
import java.util.Map;

/// What reading a stretch of a file brought besides observations.
///
/// @param cursor where the next reading continues
/// @param fromStart true when the file was read anew: the counts replace those of earlier readings
/// @param lineTypes lines by type, as `system/turn_duration`
/// @param unknownFields top-level fields that we do not know, and numbers in answers' usage that we
///   do not understand (see [#USAGE_FIELD]), with how often they occurred
/// @param versions client versions with their lines
/// @param projectPaths working directories by project name, where a line confirms the name
public record FileRead(
    FileCursor cursor,
    boolean fromStart,
    long bytesRead,
    Map<String, Long> lineTypes,
    Map<String, Long> unknownFields,
    Map<String, Long> versions,
    Map<ProjectName, String> projectPaths,
    List<Damage> damages) {

  /// How the names of fields within a usage begin: `usage.iterations.compaction`.
  public static final String USAGE_FIELD = "usage.";

  public FileRead {
    lineTypes = Map.copyOf(lineTypes);
    unknownFields = Map.copyOf(unknownFields);
    versions = Map.copyOf(versions);
    projectPaths = Map.copyOf(projectPaths);
    damages = List.copyOf(damages);
  }

  /// The same with other project paths.
  public FileRead withProjectPaths(Map<ProjectName, String> paths) {
    return new FileRead(
        cursor, fromStart, bytesRead, lineTypes, unknownFields, versions, paths, damages);
  }
}
