package dev.claudometer.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.claudometer.text.Foreign;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Escapes in JSON what would act on a terminal: besides what JSON itself wants escaped also DEL,
/// C1 controls and characters that turn the writing direction round. What is read back is the same.
public final class VisibleEscapes extends CharacterEscapes {

  private static final long serialVersionUID = 1L;
  private static final int DELETE = 127;

  private final int[] ascii = standardAsciiEscapesForJSON();

  public VisibleEscapes() {
    ascii[DELETE] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int letter) {
    return letter <= DELETE || Character.isSurrogate((char) letter) || Foreign.harmless(letter)
        ? null
        : new SerializedString(String.format(Locale.ROOT, "\\u%04x", letter));
  }
}
