package dev.claudometer.store.sql.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts in which ids of Anthropic's form stand, as a column holds them that takes bytes as well:
/// such a text in fewer bytes, any other as it is. There is one form for each text, so that columns
/// can be compared.
public enum PackedText {
  MESSAGE_ID(new PackedId("msg_01")),
  REQUEST_ID(new PackedId("req_01")),

  /// `id name`, one per line.
  TOOLS(new PackedId("toolu_01")) {
    @Override
    byte @Nullable [] pack(String text) {
      byte[] bytes = text.getBytes(UTF_8);
      var packed = new byte[bytes.length];
      int size = 0;
      for (int from = 0; from <= bytes.length; ) {
        int space = from + id().length();
        if (space >= bytes.length || bytes[space] != ' ' || !id().pack(bytes, from, packed, size)) {
          return null;
        }
        int end = lineEnd(bytes, space + 1);
        int name = Math.min(end + 1, bytes.length) - (space + 1);
        System.arraycopy(bytes, space + 1, packed, size + PackedId.BYTES, name);
        size += PackedId.BYTES + name;
        from = end + 1;
      }
      return Arrays.copyOf(packed, size);
    }

    // Where the line's newline is, or the text's end.
    private static int lineEnd(byte[] bytes, int from) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      return end;
    }

    @Override
    String unpack(byte[] bytes) {
      var text = new StringBuilder();
      for (int from = 0; from < bytes.length; ) {
        int end = Math.min(lineEnd(bytes, from + PackedId.BYTES) + 1, bytes.length);
        text.append(id().unpack(bytes, from)).append(' ');
        int name = from + PackedId.BYTES;
        text.append(new String(bytes, name, end - name, UTF_8));
        from = end;
      }
      return text.toString();
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // a record of a text
  private final PackedId id;

  PackedText(PackedId id) {
    this.id = id;
  }

  PackedId id() {
    return id;
  }

  /// In bytes; null where the text is not of that form.
  byte @Nullable [] pack(String text) {
    return id.pack(text);
  }

  String unpack(byte[] bytes) {
    return id.unpack(bytes, 0);
  }

  /// What a column holds for a text: bytes, or the text itself.
  public Object stored(String text, Database database) {
    byte[] packed = database.packs() ? pack(text) : null;
    return packed == null ? text : packed;
  }

  /// Sets the parameter that a column is written with.
  public void set(PreparedStatement write, int parameter, @Nullable String text, Database database)
      throws SQLException {
    byte[] packed = text == null || !database.packs() ? null : pack(text);
    if (packed == null) {
      write.setString(parameter, text);
    } else {
      write.setBytes(parameter, packed);
    }
  }

  /// The text that a column of a row holds.
  public @Nullable String read(ResultSet row, int column) throws SQLException {
    return text(row.getObject(column));
  }

  /// The same where there always is one.
  public String of(ResultSet row, int column) throws SQLException {
    String text = read(row, column);
    return text == null ? "" : text;
  }

  /// The text that a column holds.
  public @Nullable String text(@Nullable Object stored) {
    return stored instanceof byte[] bytes ? unpack(bytes) : (String) stored;
  }
}
