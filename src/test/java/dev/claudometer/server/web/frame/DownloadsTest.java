package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadsTest {

  @Test
  void tinyCostsHaveNoExponentInCsv() {
    var figures = new Figures(ZoneOffset.UTC, "USD", BigDecimal.ONE, "");
    var table =
        Table.of(
            "costs",
            "Costs",
            List.of(Column.number("cost", "Cost")),
            List.of(List.of(Cell.money(figures, new Usd(100)))),
            "");
    assertThat(Downloads.of(table, "csv").body())
        .isInstanceOfSatisfying(
            byte[].class,
            csv -> assertThat(new String(csv, UTF_8)).isEqualTo("cost\r\n0.0000001\r\n"));
  }
}
