from huying.language.pinyin import initials, rank


def test_a_school_is_found_by_its_first_letters():
    assert initials("实验小学") == {"syxx"}


def test_a_character_with_two_readings_may_be_typed_either_way():
    assert initials("长安路小学") >= {"calxx", "zalxx"}


def test_letters_and_digits_stand_as_they_are():
    assert initials("第3中学 A校区") >= {"d3zxaxq"}


def test_nothing_makes_no_spelling():
    assert initials("") == frozenset()
    assert initials("（）") == frozenset()


def test_a_very_long_name_has_a_bounded_number_of_spellings():
    assert 1 <= len(initials("长" * 200)) <= 32


def test_the_usual_reading_is_always_among_the_spellings():
    name = "重庆路重庆路长安重庆中学"
    assert len(initials(name)) == 32
    assert "cqlcqlcacqzx" in initials(name)


def test_typed_letters_are_ranked_by_how_well_they_fit():
    name = "澄川县实验小学"
    assert [rank(typed, name) for typed in ("ccxsyxx", "ccx", "SYXX ", "ccxsysx", "zhx", "")] == [
        0,
        1,
        2,
        3,
        None,
        None,
    ]


def test_one_wrong_letter_still_finds_the_school():
    assert rank("sysx", "实验小学") == 3
    assert rank("sz", "实验") is None
