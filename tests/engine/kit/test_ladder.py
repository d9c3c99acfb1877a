import re

from autograder.kit.ladder import hints


def test_at_first_the_ladder_shows_all_and_one_thing_to_do(run):
    code, output = run()
    assert code == 1
    lines = output.strip().split("\n")
    assert len(lines) < 40
    assert max(map(len, lines)) <= 80
    assert lines[0].split("  ")[0] == "Small course"
    assert lines[0].endswith("0 of 4 exercises, 0 of 10 points")
    assert re.search(r"^  bends +\. double +\. half +0/5$", output, re.M)
    assert re.search(r"^  more +\.   extra credit +\+0/2$", output, re.M)
    assert re.search(r"^Next: double\(Z\)   2 points +mlp/bends\.py:6\n  Twice Z, entry by entry\.$", output, re.M)
    assert 'raise NotImplementedError("double")' in output
    assert output.rstrip().endswith("Stuck:      pytest --hint double")


def test_a_wrong_answer_comes_before_what_is_not_started(run, kit, fill):
    fill("bends")
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text().replace("Z / 2 + rest", "Z / 4 + rest / 2").replace("2 * Z", "(2 * Z).T"))
    code, output = run()
    assert code == 1
    assert re.search(r"^  bends +x double +x half +0/5$", output, re.M)
    assert "Wrong: double(Z)   2 points" in output
    assert "Twice a number is the number plus itself." in output
    assert "  called    double(Z (2, 3))\n  returned  array of shape (3, 2)\n" in output
    assert "  expected  array of shape (2, 3)\n" in output
    assert "It is the transpose of what is asked." in output
    assert "This one:   pytest --only double" in output
    code, output = run("--only", "half")
    assert code == 1
    assert "  returned  [1.25]\n  expected  [2.5 ]\n" in output
    assert "  bends        x" in output
    assert "model" not in output


def test_an_error_is_said_with_its_line(run, kit, fill):
    fill("bends")
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text().replace("return 2 * Z", "print('here')\n    return 2 / 0"))
    _, output = run("tests/test_bends.py")
    assert "  double raised ZeroDivisionError: division by zero\n  at mlp/bends.py:12\n  printed   here\n" in output
    assert "model" not in output


def test_a_module_that_cannot_be_imported_costs_only_what_needs_it(run, kit, fill):
    fill("model", "more")
    module = kit / "mlp" / "bends.py"
    module.write_text(module.read_text() + "\ndef broken(:\n")
    code, output = run()
    assert code == 1
    for topic in ("bends", "model"):
        assert re.search(rf"^  {topic} +x mlp/bends\.py:21: SyntaxError: .* 0/5$", output, re.M)
    assert re.search(r"^  more +\+   extra credit +\+2/2$", output, re.M)
    assert "Wrong: mlp/bends.py can't be imported\n  mlp/bends.py:21: SyntaxError" in output


def test_what_waits_for_another_exercise_is_not_wrong(run, fill):
    fill("model")
    code, output = run("tests/test_model.py")
    assert code == 1
    assert re.search(r"^  model +\+ Net +\. Net\.run +1/5$", output, re.M)
    assert "Next: Net.run(X)" in output
    assert "Net.run needs double, which is not started." in output


def test_when_all_is_done_the_exit_code_is_0_without_extra_credit(run, fill):
    fill("bends", "model")
    code, output = run()
    assert code == 0
    assert "4 of 4 exercises, 10 of 10 points" in output
    assert re.search(r"^All done, in \d+\.\d s\.$", output, re.M)
    assert "More:       shout   2 extra points" in output
    code, _ = run("--only", "shout")
    assert code == 1


def test_a_folder_below_the_kit_does_as_well(run, kit, fill):
    fill("bends", "model")
    (kit / "notebooks").mkdir()
    code, output = run(folder="notebooks")
    assert code == 0
    assert "4 of 4 exercises" in output


def test_options_of_pytest_give_its_usual_output(run, fill):
    fill("bends", "model", "more")
    code, output = run("-q")
    assert code == 0
    assert "7 passed" in output
    assert "Small course" not in output


def test_failures_in_usual_output_name_the_seed(run):
    code, output = run("-q", "--only=double")
    assert code == 1
    assert "3 failed, 4 deselected" in output
    assert re.search(r"np\.random\.default_rng\(\d+\)", output)


def test_hints_come_one_by_one(catalogue):
    assert hints(catalogue, "double") == ["Hint 1 of 2: Think.", "Next:       pytest --hint double:2"]
    assert hints(catalogue, "double:2") == ["Hint 1 of 2: Think.", "Hint 2 of 2: Think again."]
    assert hints(catalogue, "double:9") == hints(catalogue, "double:2")


def test_hints_run_nothing(run):
    assert run("--hint", "Net.run") == (0, "Hint 1 of 2: Think.\nNext:       pytest --hint Net.run:2\n")
    assert run("--hint", "doubel") == (4, "ERROR: There is no exercise 'doubel'. Did you mean: double\n\n")


def test_only_takes_an_exercise(run):
    code, output = run("--only", "doubel")
    assert code == 4
    assert "There is no exercise 'doubel'. Did you mean: double" in output
