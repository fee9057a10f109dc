package dev.claudometer.source.adminapi;

import java.util.regex.Pattern;

/// The key of an organisation's administrator. It is shown nowhere.
public final class AdminKey {

  private static final Pattern FORM = Pattern.compile("sk-ant-admin[A-Za-z0-9_.-]{1,500}");

  private final String text;

  private AdminKey(String text) {
    this.text = text;
  }

  /// Whether a text can be one.
  public static boolean is(String text) {
    return FORM.matcher(text.strip()).matches();
  }

  /// Reads it as a person has written it.
  ///
  /// @throws IllegalArgumentException where it cannot be one, before it is sent anywhere
  public static AdminKey of(String text) {
    String key = text.strip();
    if (key.startsWith("sk-ant-api")) {
      throw new IllegalArgumentException(
          "this is a key for using models (sk-ant-api…): the Admin API needs an admin key"
              + " (sk-ant-admin…), which an administrator makes in the Claude Console's settings");
    }
    if (!is(key)) {
      throw new IllegalArgumentException(
          "this is no admin key and goes nowhere: one begins with sk-ant-admin and has no blanks"
              + " or quotes in it");
    }
    return new AdminKey(key);
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "AdminKey";
  }
}
