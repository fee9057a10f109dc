package dev.claudometer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that have an `equals` of their own, for speed, are as equal as any record is.
class OwnEqualsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        BillingTerms.class,
        DeviceId.class,
        EventKey.class,
        ProjectName.class,
        SessionId.class,
        TokenCounts.class,
        ToolUse.class,
        Usage.class,
        Work.class
      })
  void twoThatDifferInOneThingAreTwo(Class<? extends Record> type) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(each -> value(each.getType(), 1)).toArray();
    Record one = made(type, values);
    assertThat(one).isEqualTo(made(type, values)).hasSameHashCodeAs(made(type, values));
    for (int i = 0; i < components.length; i++) {
      Object[] others = values.clone();
      others[i] = value(components[i].getType(), 2);
      assertThat(made(type, others)).as(components[i].getName()).isNotEqualTo(one);
    }
  }

  private static Record made(Class<? extends Record> type, Object[] values)
      throws ReflectiveOperationException {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
    return constructor.newInstance(values);
  }

  private static Object value(Class<?> type, int which) {
    if (type == int.class) {
      return which;
    }
    if (type == long.class) {
      return (long) which;
    }
    if (type == Usd.class) {
      return new Usd(which);
    }
    if (type == TokenCounts.class) {
      return new TokenCounts(which, 0, 0, 0, 0);
    }
    if (type == BillingTerms.class) {
      return new BillingTerms("tier " + which, "", "");
    }
    if (type == List.class) {
      return List.of(new TokenCounts(which, which, 0, 0, 0));
    }
    return "text " + which;
  }
}
