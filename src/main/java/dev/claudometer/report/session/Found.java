package dev.claudometer.report.session;

import dev.claudometer.report.Money;
import org.jspecify.annotations.Nullable;

/// Something that was looked for by a text.
///
/// @param key what to ask for it by: a name, a directory, an id
/// @param detail what tells it from others of that name: whose a device is, the project of a branch
/// @param project the directory of a branch's project; empty for whatever else
/// @param cost what it used in all; null where that is not asked for
public record Found(
    Kind kind, String key, String name, String detail, String project, @Nullable Money cost) {

  /// What can be found, in the order in which it is told.
  public enum Kind {
    /// A view of a page that is kept under a name; the key is its id.
    VIEW,
    PULL_REQUEST,
    BRANCH,
    PERSON,
    TEAM,
    PROJECT,
    MODEL,
    DEVICE,
    SESSION,
    /// By the id of its message or request; the key is its session's.
    RESPONSE
  }
}
