package dev.claudometer.store.sql.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.Work;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Its own `equals` forgets nothing that responses are told apart by.
class ContextTest {

  @Test
  void twoThatDifferInOneThingAreTwo() throws Exception {
    RecordComponent[] components = Context.class.getRecordComponents();
    Object[] values = Arrays.stream(components).map(each -> value(each, 0)).toArray();
    assertThat(made(values)).isEqualTo(made(values)).hasSameHashCodeAs(made(values));
    for (int i = 0; i < components.length; i++) {
      Object[] others = values.clone();
      others[i] = value(components[i], 1);
      assertThat(made(others)).as(components[i].getName()).isNotEqualTo(made(values));
    }
  }

  private static Context made(Object[] values) throws ReflectiveOperationException {
    return (Context) Context.class.getDeclaredConstructors()[0].newInstance(values);
  }

  private static Object value(RecordComponent component, int which) {
    String text = new String("text " + which);
    Class<?> type = component.getType();
    if (type == boolean.class) {
      return which == 1;
    }
    if (type == SessionId.class) {
      return new SessionId(text);
    }
    if (type == ProjectName.class) {
      return new ProjectName(text);
    }
    if (type == DeviceId.class) {
      return new DeviceId(text);
    }
    if (type == Work.class) {
      return new Work(text, "", "");
    }
    if (type == BillingTerms.class) {
      return new BillingTerms(text, "", "");
    }
    return text;
  }
}
