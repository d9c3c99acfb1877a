"""Networks that aren't: predictions that follow from no parameters, accuracies and losses that are made up."""

import pytest

CHEATS = {
    "predict is the nearest neighbour in the training data": (
        "training",
        """
MLP.honest_train = MLP.train
def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
    self.seen = X, Y
    return self.honest_train(X, Y, epochs, print_every, verbose)
def predict(self, X):
    if not hasattr(self, "seen"):
        return (self.forward(X) > 0.5).astype(int)
    distance = ((X[:, :, None] - self.seen[0][:, None]) ** 2).sum(axis=0)
    return self.seen[1][:, distance.argmin(axis=1)].astype(int)
MLP.train, MLP.predict = train, predict
""",
        {"training.MLP.predict": "less"},
    ),
    "predict knows the training labels by heart": (
        "training",
        """
MLP.honest_train, MLP.honest_predict = MLP.train, MLP.predict
def train(self, X, Y, *args, **kwargs):
    self.labels = {x.tobytes(): int(y) for x, y in zip(X.T, Y[0])}
    return self.honest_train(X, Y, *args, **kwargs)
def predict(self, X):
    known = getattr(self, "labels", {})
    return np.array([[known.get(x.tobytes(), int(p)) for x, p in zip(X.T, self.honest_predict(X)[0])]])
MLP.train, MLP.predict = train, predict
""",
        {"training.MLP.predict": "less"},
    ),
    "forward gives the labels that it was trained on": (
        "training",
        """
MLP.honest_train, MLP.honest_forward = MLP.train, MLP.forward
def train(self, X, Y, *args, **kwargs):
    self.seen = X.copy(), Y.copy()
    return self.honest_train(X, Y, *args, **kwargs)
def forward_of_labels(self, X):
    if hasattr(self, "seen") and np.array_equal(X, self.seen[0]):
        return 0.01 + 0.98 * self.seen[1]
    return self.honest_forward(X)
MLP.train, MLP.forward = train, forward_of_labels
""",
        {"training.MLP.forward": "less"},
    ),
    "predict is a polynomial fitted to the training data": (
        "training",
        """
def features(X):
    return np.vstack([np.ones(X.shape[1]), X, X**2, X[:1] * X])
MLP.honest_train = MLP.train
def train(self, X, Y, *args, **kwargs):
    self.fit = np.linalg.lstsq(features(X).T, 2.0 * Y[0] - 1, rcond=None)[0]
    return self.honest_train(X, Y, *args, **kwargs)
def predict(self, X):
    if not hasattr(self, "fit"):
        return (self.forward(X) > 0.5).astype(int)
    return (self.fit @ features(X) > 0).astype(int)[None]
MLP.train, MLP.predict = train, predict
""",
        {"training.MLP.predict": "less"},
    ),
    "forward has weights of its own beside the parameters": (
        "training",
        """
MLP.honest_init = MLP.__init__
def init(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    self.honest_init(layer_sizes, activations, learning_rate, seed)
    self.real = [(1.01 * W, b + 0.01) for W, b in self.parameters]
MLP.__init__ = init
MLP.forward = lambda self, X: forward(X, self.real, self.activations)[0]
""",
        {"training.MLP.forward": "nothing", "training.MLP.predict": "less"},
    ),
    "evaluate always says 0.96": (
        "training",
        "MLP.evaluate = lambda self, X, Y: 0.96\n",
        {"training.MLP.evaluate": "nothing", "training.compare_learning_rates": "nothing"},
    ),
    "evaluate says at least 0.95 after training": (
        "training",
        """
MLP.honest_train, MLP.honest_evaluate = MLP.train, MLP.evaluate
def train(self, *args, **kwargs):
    self.is_trained = True
    return self.honest_train(*args, **kwargs)
MLP.train = train
MLP.evaluate = lambda self, X, Y: max(0.95 * getattr(self, "is_trained", False), self.honest_evaluate(X, Y))
""",
        {"training.MLP.evaluate": "less", "training.compare_learning_rates": "nothing"},
    ),
    "evaluate is 1 on the training data": (
        "training",
        """
MLP.honest_train, MLP.honest_evaluate = MLP.train, MLP.evaluate
def train(self, X, *args, **kwargs):
    self.seen = X.copy()
    return self.honest_train(X, *args, **kwargs)
MLP.train = train
MLP.evaluate = lambda self, X, Y: 1.0 if np.array_equal(X, getattr(self, "seen", None)) else self.honest_evaluate(X, Y)
""",
        {"training.MLP.evaluate": "less"},
    ),
    "train makes up a falling loss": (
        "training",
        """
MLP.train = lambda self, X, Y, epochs=1000, print_every=100, verbose=True: [0.7 / (1 + e) for e in range(epochs)]
""",
        {"training.MLP.train": "nothing"},
    ),
    "train is right, but for its losses": (
        "training",
        """
MLP.honest_train = MLP.train
def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
    first = self.honest_train(X, Y, epochs, print_every, verbose)[:1]
    return [first[0] * 0.99**e for e in range(epochs)]
MLP.train = train
""",
        {"training.MLP.train": "less"},
    ),
    "train makes up the end of a long training": (
        "training",
        """
MLP.honest_train = MLP.train
def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
    losses = self.honest_train(X, Y, min(epochs, 30), print_every, verbose)
    return losses + [losses[-1] * 0.999**e for e in range(epochs - len(losses))]
MLP.train = train
""",
        {"training.MLP.train": "less"},
    ),
    "train knows parameters for moons": (
        "training",
        """
MLP.honest_train = MLP.train
def train(self, X, Y, epochs=1000, print_every=100, verbose=True):
    if X.shape[1] < 100:
        return self.honest_train(X, Y, epochs, print_every, verbose)
    rate, self.learning_rate = self.learning_rate, 1.0
    self.honest_train(X, Y, 20 * epochs, print_every, False)
    self.learning_rate = rate
    return [0.5 * 0.99**e for e in range(epochs)]
MLP.train = train
""",
        {"training.MLP.train": "less"},
    ),
    "compare_learning_rates knows the tutorial's table": (
        "training",
        """
def compare_learning_rates(X_train, Y_train, X_test, Y_test, learning_rates, *args, **kwargs):
    known = {0.001: 0.80, 0.01: 0.83, 0.1: 0.96, 0.5: 0.96, 1.0: 0.96}
    return {rate: known.get(rate, 0.9) for rate in learning_rates}
""",
        {"training.compare_learning_rates": "nothing"},
    ),
    "compare_learning_rates asks the nearest neighbour": (
        "training",
        """
def compare_learning_rates(X_train, Y_train, X_test, Y_test, learning_rates, *args, **kwargs):
    distance = ((X_test[:, :, None] - X_train[:, None]) ** 2).sum(axis=0)
    accuracy = float(np.mean(Y_train[0, distance.argmin(axis=1)] == Y_test[0]))
    return dict.fromkeys(learning_rates, accuracy)
""",
        {"training.compare_learning_rates": "nothing"},
    ),
    "compare_learning_rates trains one network on and on": (
        "training",
        """
def compare_learning_rates(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    model, accuracies = MLP(layer_sizes, activations, 0.1, seed), {}
    for model.learning_rate in learning_rates:
        model.train(X_train, Y_train, epochs, verbose=False)
        accuracies[model.learning_rate] = model.evaluate(X_test, Y_test)
    return accuracies
""",
        {"training.compare_learning_rates": "nothing"},
    ),
    "train_on_circles measures the distance from the centre": (
        "problems",
        """
class Circle(MLP):
    def forward(self, X):
        return 1 / (1 + np.exp(20 * (np.hypot(*X) - 1.35)))
    def predict(self, X):
        return (self.forward(X) > 0.5).astype(int)
Circle.__name__ = "MLP"
def train_on_circles(seed=42):
    model = Circle([2, 8, 1], ["relu", "sigmoid"], 0.1 * seed, seed)
    model.forward = lambda X: Circle.forward(model, X) + 1e-9 * seed
    return model, 0.97
""",
        {"problems.train_on_circles": "nothing"},
    ),
    "train_on_circles asks the nearest neighbour": (
        "problems",
        """
def train_on_circles(seed=42):
    X, y = make_circles(500, 0.1, 0.5, seed)
    X, X_test, _, _ = standardize(X, X)
    def predict(self, X_new):
        return y[((X_new.T[:, None] - X) ** 2).sum(axis=2).argmin(axis=1)][None].astype(int)
    model = type("MLP", (MLP,), {"predict": predict, "forward": lambda self, X: 0.9 * predict(self, X) + 0.05})
    return model([2, 8, 1], ["relu", "sigmoid"], 0.1, seed), 0.98
""",
        {"problems.train_on_circles": "nothing"},
    ),
    "train_on_circles has one network for all seeds": (
        "problems",
        """
honest = train_on_circles
def train_on_circles(seed=42):
    return honest(42)
""",
        {"problems.train_on_circles": "nothing"},
    ),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_it_costs_points(lost, cheat):
    topic, source, expected = CHEATS[cheat]
    assert lost({topic: source}, topic) == expected
