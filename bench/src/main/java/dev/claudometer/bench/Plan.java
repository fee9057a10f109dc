package dev.claudometer.bench;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Which sessions there are, when they start, where they run and how large their files become.
final class Plan {
  /// Sizes of the transcripts of a busy year of real use: half are below 105 kB, one has 87 MB.
  private static final double[] SHARES = {0, .5, .75, .9, .95, .99, .998, 1};

  private static final double[] SIZES = {240, 105e3, 234e3, 654e3, 1.5e6, 5.4e6, 12e6, 87e6};
  private static final double[] HOURS = {
    1, .5, .3, .2, .2, .3, .8, 2, 5, 8, 9, 8, 6, 7, 9, 9, 8, 7, 5, 4, 4, 4, 3, 2
  };
  private static final long DAY = 86_400_000L;
  private static final long SMALLEST_PARENT = 40_000;

  /// One session with its subagents.
  ///
  /// @param start milliseconds since 1970
  /// @param latest when it must have ended
  record Session(
      String id, String cwd, Era era, long start, long latest, long bytes, List<Long> agents) {}

  private final Options options;
  private final Dice dice;
  private final long begin;
  private final long end;

  Plan(Options options) {
    this.options = options;
    this.dice = new Dice(options.seed(), "plan");
    this.end = options.end().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    this.begin = end - options.days() * DAY;
  }

  List<Session> sessions() {
    List<Long> mains = new ArrayList<>();
    List<Long> agents = new ArrayList<>();
    for (long size : sizes()) {
      boolean small = size < 300_000;
      (dice.chance(small ? .55 : .1) ? agents : mains).add(size);
    }
    if (mains.isEmpty()) {
      mains.addAll(agents);
      agents.clear();
    }
    List<List<Long>> families = families(mains, agents);
    List<String> projects = projects(mains.size() / 9 + 3);
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < mains.size(); i++) {
      String cwd = projects.get((int) (StrictMath.pow(dice.fraction(), 2) * projects.size()));
      sessions.add(session(cwd, mains.get(i), families.get(i)));
    }
    sessions.sort(Comparator.comparingLong(Session::start).thenComparing(Session::id));
    return sessions;
  }

  private Session session(String cwd, long bytes, List<Long> agents) {
    long start = begin + dice.below(options.days()) * DAY + dice.weighted(HOURS) * DAY / 24;
    long lasting = bytes / 400 * 1000;
    start = Math.max(begin, Math.min(start + dice.below(3_600_000), end - lasting));
    Era era = Era.at((double) (start - begin) / (end - begin), dice);
    return new Session(dice.uuid(), cwd, era, start, end - 60_000, bytes, agents);
  }

  private List<Long> sizes() {
    double[] raw = new double[options.files()];
    double sum = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = quantile((i + .5) / raw.length);
      sum += raw[i];
    }
    List<Long> sizes = new ArrayList<>();
    for (double size : raw) {
      sizes.add((long) (size / sum * options.size()));
    }
    for (int i = sizes.size() - 1; i > 0; i--) {
      Collections.swap(sizes, i, dice.below(i + 1));
    }
    return sizes;
  }

  private static double quantile(double share) {
    int i = 1;
    while (share > SHARES[i]) {
      i++;
    }
    double within = (share - SHARES[i - 1]) / (SHARES[i] - SHARES[i - 1]);
    return SIZES[i - 1] * StrictMath.pow(SIZES[i] / SIZES[i - 1], within);
  }

  /// For every main file the sizes of its agents' files; few sessions have most of the agents.
  private List<List<Long>> families(List<Long> mains, List<Long> agents) {
    List<List<Long>> families = new ArrayList<>();
    List<Integer> parents = new ArrayList<>();
    for (int i = 0; i < mains.size(); i++) {
      families.add(new ArrayList<>());
      if (mains.get(i) > SMALLEST_PARENT || i == 0) {
        parents.add(i);
      }
    }
    for (long agent : agents) {
      int parent = (int) (StrictMath.pow(dice.fraction(), 1.5) * parents.size());
      families.get(parents.get(parent)).add(agent);
    }
    return families;
  }

  private List<String> projects(int count) {
    List<String> projects = new ArrayList<>();
    for (int i = 0; i < Math.min(150, count); i++) {
      String home = i % 4 == 0 ? "/Users/sam" : "/home/sam";
      String name = Texts.word(dice) + "-" + Texts.word(dice) + (i % 7 == 3 ? ".io" : "");
      projects.add(home + "/" + (i % 3 == 0 ? "src" : "work") + "/" + name);
    }
    return projects;
  }
}
