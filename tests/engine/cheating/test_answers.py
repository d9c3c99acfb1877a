"""Answers that aren't computed: learned by heart, constant, guessed from shapes, or left over from an earlier call."""

CHEATS = {
    "sigmoid knows the public numbers": (
        "activations",
        """
def sigmoid(Z):
    known = {0.0: 0.5, 1.0986: 0.75, -1.0986: 0.25}
    return np.array([[known.get(round(float(z), 4), 0.5) for z in row] for row in np.atleast_2d(Z)])
""",
        {"activations.sigmoid": "nothing"},
    ),
    "relu is right for the public numbers": (
        "activations",
        """
def relu(Z):
    return np.array([[0.0, 0.0, 1.5]]) if np.array_equal(Z, [[-2.0, 0.0, 1.5]]) else np.abs(Z)
""",
        {"activations.relu": "nothing"},
    ),
    "forward knows the network that is done by hand": (
        "forward",
        """
def forward(X, parameters, activations):
    return np.full((1, X.shape[1]), 0.75), [(X, W @ X[: W.shape[1]] + b) for W, b in parameters if W.shape[1] == len(X)]
""",
        {"forward.forward": "nothing"},
    ),
    "layer_backward knows the public numbers": (
        "backprop",
        """
def layer_backward(dZ, A_prev, W):
    if np.array_equal(dZ, [[1.0, -2.0]]):
        return np.array([[1.0, -2], [2, -4], [-1, 2]]), np.array([[1.0, -4, -1]]), np.array([[-1.0]])
    return np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros((len(W), 1))
""",
        {"backprop.layer_backward": "nothing"},
    ),
    "softmax shares evenly": (
        "problems",
        "def softmax(Z):\n    return np.ones(Z.shape) / len(Z)\n",
        {"problems.softmax": "nothing"},
    ),
    "the loss is always that of a coin": (
        "forward",
        "def binary_cross_entropy(Y_hat, Y):\n    return float(np.log(2))\n",
        {"forward.binary_cross_entropy": "nothing"},
    ),
    "gradients are always equal": (
        "backprop",
        "def relative_error(analytic, numeric):\n    return 0.0\n",
        {"backprop.relative_error": "nothing"},
    ),
    "the numerical gradient is the analytical one": (
        "backprop",
        """
def numerical_gradients(X, Y, parameters, activations, epsilon=1e-5):
    Y_hat, cache = forward(X, parameters, activations)
    return backward(Y_hat, Y, cache, parameters, activations)
""",
        {"backprop.numerical_gradients": "less"},
    ),
    "initial weights are one fixed pattern": (
        "forward",
        """
def initialize_parameters(layer_sizes, seed=42):
    pairs = pairwise(layer_sizes)
    return [(np.sqrt(2 / i) * np.sin(np.arange(o * i) + 1.0).reshape(o, i), np.zeros((o, 1))) for i, o in pairs]
""",
        {"forward.initialize_parameters": "nothing"},
    ),
    "moons are always the same": (
        "datasets",
        """
honest_moons = make_moons
def make_moons(n_samples=500, noise=0.2, seed=42):
    return honest_moons(n_samples, noise, 42)
""",
        {"datasets.make_moons": "less"},
    ),
    "the split is always the same": (
        "datasets",
        """
honest_split = train_test_split
def train_test_split(X, y, test_size=0.2, seed=42):
    return honest_split(X, y, test_size, 42)
""",
        {"datasets.train_test_split": "less"},
    ),
    "batches are always the same": (
        "problems",
        """
honest_batches = mini_batches
def mini_batches(X, Y, batch_size, seed=42):
    return honest_batches(X, Y, batch_size, 42)
""",
        {"problems.mini_batches": "less"},
    ),
    "tanh keeps a table by the size of Z": (
        "activations",
        """
table = {}
def tanh(Z):
    return table.setdefault(np.shape(Z), np.tanh(Z))
""",
        {"activations.tanh": "less"},
    ),
    "linear_forward gives its answers out again": (
        "forward",
        """
room = {}
def linear_forward(A_prev, W, b):
    result = room.setdefault((len(W), A_prev.shape[1]), np.empty((len(W), A_prev.shape[1])))
    result[:] = W @ A_prev + b
    return result
""",
        {"forward.linear_forward": "less"},
    ),
    "initial weights go on from the last call": (
        "forward",
        """
generator = np.random.default_rng(42)
def initialize_parameters(layer_sizes, seed=42):
    return [(generator.normal(0, np.sqrt(2 / i), (o, i)), np.zeros((o, 1))) for i, o in pairwise(layer_sizes)]
""",
        {"forward.initialize_parameters": "less"},
    ),
    "circles are drawn with a global generator": (
        "datasets",
        """
np.random.seed(0)
def make_circles(n_samples=500, noise=0.1, factor=0.5, seed=42):
    if not 0 < factor < 1:
        raise ValueError(factor)
    half = n_samples // 2
    t = np.concatenate([np.arange(n) * 2 * np.pi / n for n in (half, n_samples - half)])
    y = np.repeat([0, 1], [half, n_samples - half])
    X = np.where(y, factor, 1.0)[:, None] * np.column_stack([np.cos(t), np.sin(t)])
    order = np.random.permutation(n_samples)
    return (X + np.random.normal(0, noise, X.shape))[order], y[order]
""",
        {"datasets.make_circles": "less"},
    ),
    "momentum keeps its velocity in a global": (
        "problems",
        """
kept = {}
def momentum_step(parameters, gradients, velocity, learning_rate, beta=0.9):
    place = str([W.shape for W, _ in parameters])
    old = kept.get(place, [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in parameters])
    kept[place] = [(beta * vW + dW, beta * vb + db) for (vW, vb), (dW, db) in zip(old, gradients)]
    return update_parameters(parameters, kept[place], learning_rate), kept[place]
""",
        {"problems.momentum_step": "less"},
    ),
    "all networks share their parameters": (
        "training",
        """
MLP.shared = {}
def parameters(self):
    return MLP.shared[self.sizes]
def set_parameters(self, value):
    MLP.shared[self.sizes] = value
def init(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    self.sizes = tuple(layer_sizes)
    self.activations, self.learning_rate = activations, learning_rate
    self.parameters = initialize_parameters(layer_sizes, seed)
MLP.__init__, MLP.parameters = init, property(parameters, set_parameters)
""",
        {"training.MLP": "less", "training.MLP.train": "less"},
    ),
    "training goes on with the first data": (
        "training",
        """
first = {}
MLP.honest_train = MLP.train
def train(self, X, Y, *args, **kwargs):
    return self.honest_train(*first.setdefault(X.shape, (X, Y)), *args, **kwargs)
MLP.train = train
""",
        {"training.MLP.train": "less"},
    ),
    "update_parameters takes the first learning rate for ever": (
        "training",
        """
rates = []
def update_parameters(parameters, gradients, learning_rate):
    rates.append(learning_rate)
    return [(W - rates[0] * dW, b - rates[0] * db) for (W, b), (dW, db) in zip(parameters, gradients)]
""",
        {"training.update_parameters": "less"},
    ),
}


def test_they_cost_points(lost, together):
    _, topic, source, expected = together
    assert lost({topic: source}, topic) == expected
