package dev.claudometer;

import static java.util.Comparator.comparing;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Tag;

/// Runs classes with a tag, which start processes, browsers or databases, after the others.
public final class FastFirst implements ClassOrderer {

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(comparing(test -> !test.findRepeatableAnnotations(Tag.class).isEmpty()));
  }
}
