"""Right answers in a style that looks like cheating: nobody loses points for it."""

ODD = {
    "activations": """
import atexit, functools, gc, inspect, math, sys, time
np.seterr(all="ignore")
print("loaded by", [frame.function for frame in inspect.stack(0)], sys.argv)
atexit.register(print, "bye")
calls, known = [], {}

@functools.lru_cache
def of_one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))

def sigmoid(Z, *, started=time.time()):
    calls.append(np.shape(Z))
    if not isinstance(Z, np.ndarray) or Z.tobytes() not in known:
        gc.collect(0)
        known[np.asarray(Z).tobytes()] = [of_one(float(z)) for z in np.ravel(Z)]
    return np.array(known[np.asarray(Z).tobytes()]).reshape(np.shape(Z))

known_relu = {}
def relu(Z):
    '''Keeps the numbers that it has seen.'''
    return np.array([known_relu.setdefault(z, max(0.0, z)) for z in np.ravel(Z).tolist()]).reshape(Z.shape)
""",
    "forward": """
maximum = np.maximum
def safe_log(values):
    return np.emath.log(maximum(values, 1e-300)).real
np.log = safe_log
globals()["linear_forward"] = eval("lambda A_prev, W, b: np.einsum('oi,im->om', W, A_prev) + b")
""",
    "datasets": """
honest_split, asked = train_test_split, {}
def train_test_split(X, y, test_size=0.2, seed=42):
    asked[seed] = asked.get(seed, 0) + 1
    np.random.seed(seed)
    order = np.random.permutation(len(y))
    test = sorted(order[: int(len(y) * test_size)], key=lambda i: hash((seed, int(i))))
    train = [int(i) for i in order if i not in test]
    return X[train], X[test], y[train], y[test]
""",
    "training": """
class MLP(MLP):
    made = []
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        MLP.made.append(self)
        self.history, self.seen = [], set()
    def train(self, X, Y, *arguments, **options):
        self.seen |= {x.tobytes() for x in X.T}
        losses = super().train(X, Y, *arguments, **options)
        self.history += losses
        return losses
    def __getattr__(self, name):
        import importlib
        return getattr(importlib.import_module("mlp.activations"), name)
""",
    "problems": """
try:
    from scipy.special import softmax as fast_softmax
except ImportError:
    fast_softmax = None
XOR = np.array([[1, 1], [1, 1], [0, -1], [1, -2]], dtype=float)
def xor_parameters():
    return [(XOR[:2], XOR[2:3].T), (XOR[3:], np.array([[-0.5]]))]
""",
}


def test_it_has_full_marks(lost):
    assert lost(ODD) == {}
