"""What the bench of the alarms is made of: the same seed, the same years."""

from bench import alarms


def test_the_same_seed_simulates_the_same_years():
    one, other = (alarms.simulate(schools=3, years=0.1, seed=5) for _ in range(2))
    assert {key: series.counts for key, series in one.series.items()} == {
        key: series.counts for key, series in other.series.items()
    }


def test_an_event_of_nine_is_nine_more_cases_of_a_topic_and_of_its_school():
    years = alarms.simulate(schools=3, years=0.3, seed=5)
    for topic, school, start in alarms.plant(years, size=9, many=3, seed=1):
        for planted, before in ((topic, years.series[topic.key]), (school, years.series[school.key])):
            assert sum(planted.counts.values()) - sum(before.counts.values()) == 9
        assert years.first <= start <= years.last


def test_a_rule_of_thumb_counts_thirty_days():
    years = alarms.simulate(schools=3, years=0.3, seed=5)
    [(topic, school, start)] = alarms.plant(years, size=14, many=1, seed=2)
    rule = alarms.more_than(3)
    assert rule(topic, start + 9 * alarms.A_DAY) and not rule(school, start + 9 * alarms.A_DAY)
