package dev.claudometer.source.claudecode;

/// How Claude Code names a project's directory below `projects/`: `/home/me/x.y` becomes
/// `-home-me-x-y`.
///
/// The rule loses information, so a name is never turned back into a path; a path is only checked
/// against it.
final class ProjectName {

  private static final int LONGEST = 200;

  private ProjectName() {}

  static String of(String directory) {
    var name = new StringBuilder(directory.length());
    for (int i = 0; i < directory.length(); i++) {
      char c = directory.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(plain ? c : '-');
    }
    if (name.length() <= LONGEST) {
      return name.toString();
    }
    long hash = Math.abs((long) directory.hashCode());
    return name.substring(0, LONGEST) + "-" + Long.toString(hash, 36);
  }
}
