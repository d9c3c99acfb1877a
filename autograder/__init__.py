"""The engine of an autograded course: builds the kit, runs submissions apart from the tests, makes marks."""
