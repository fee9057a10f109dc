package dev.claudometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What takes its time says so: `process` starts processes, `browser` a browser, `database`
/// PostgreSQL or Redis; `long` is what takes seconds without them. All else is what `./test --fast`
/// runs. A helper is tagged too, and whoever uses it.
class TagsTest {

  private static JavaClasses tests = new ClassFileImporter().importClasses();

  @BeforeAll
  static void tests() {
    tests =
        new ClassFileImporter()
            .importUrl(TagsTest.class.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void whatUsesAPartThatTakesLongIsTagged() {
    assertSoftly(
        softly -> {
          for (JavaAccess<?> use : uses().toList()) {
            softly.assertThat(tags(use)).as(use.getDescription()).containsAnyElementsOf(due(use));
          }
        });
  }

  @Test
  void nothingIsTaggedWithoutReason() {
    Set<String> due =
        uses().map(use -> outermost(use.getOriginOwner()).getName()).collect(Collectors.toSet());
    assertThat(
            tests.stream()
                .filter(
                    type ->
                        tag(type).findAny().isPresent()
                            || type.getMethods().stream()
                                .anyMatch(m -> tag(m).findAny().isPresent()))
                .map(JavaClass::getName))
        .isNotEmpty()
        .allMatch(due::contains);
  }

  private static Stream<JavaAccess<?>> uses() {
    return tests.stream()
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(use -> !due(use).isEmpty());
  }

  /// One of these tags is due where this is used; none where it takes no time.
  private static Set<String> due(JavaAccess<?> use) {
    JavaClass used = outermost(use.getTargetOwner());
    if (used.isEquivalentTo(ProcessBuilder.class)) {
      return Set.of("process", "browser", "database");
    }
    if (used.getPackageName().startsWith("io.zonky.")
        || used.getPackageName().startsWith("redis.embedded")) {
      return Set.of("database");
    }
    return used.equals(outermost(use.getOriginOwner()))
        ? Set.of()
        : tag(used).collect(Collectors.toSet());
  }

  /// Of the class, or of the test alone.
  private static Set<String> tags(JavaAccess<?> use) {
    Set<String> tags =
        tag(outermost(use.getOriginOwner())).collect(Collectors.toCollection(HashSet::new));
    if (use.getOrigin().isAnnotatedWith(Test.class)) {
      tag(use.getOrigin()).forEach(tags::add);
    }
    return tags;
  }

  private static Stream<String> tag(HasAnnotations<?> where) {
    return where.tryGetAnnotationOfType(Tag.class).stream()
        .map(Tag::value)
        .filter(tag -> !tag.equals("long"));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(TagsTest::outermost).orElse(type);
  }
}
