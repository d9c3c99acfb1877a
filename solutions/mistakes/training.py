"""Known mistakes in `mlp.training`. Methods go by what the reference's constructor stores."""

import numpy as np
from mlp.activations import sigmoid
from mlp.backprop import backward
from mlp.forward import binary_cross_entropy, forward, initialize_parameters
from mlp.training import MLP, compare_learning_rates, update_parameters

from mistakes import mistake


@mistake("training.update_parameters")
def update_uphill(parameters, gradients, learning_rate):
    """The step goes along the gradient, so the loss rises. The gradient points uphill: which sign leads down?"""
    return update_parameters(parameters, gradients, -learning_rate)


@mistake("training.update_parameters")
def update_without_a_rate(parameters, gradients, learning_rate):
    """The learning rate plays no part: the step is the whole gradient. What is the gradient multiplied with?"""
    return update_parameters(parameters, gradients, 1)


@mistake("training.update_parameters")
def update_with_a_rate_of_its_own(parameters, gradients, learning_rate):
    """The learning rate is always 0.1, whatever is asked for. Use the argument."""
    return update_parameters(parameters, gradients, 0.1)


@mistake("training.update_parameters")
def update_twice_as_far(parameters, gradients, learning_rate):
    """The step is taken twice. Once per call is meant."""
    return update_parameters(parameters, gradients, 2 * learning_rate)


@mistake("training.update_parameters")
def update_nothing(parameters, gradients, learning_rate):
    """The parameters come back as they were. Is the result of the subtraction kept anywhere?"""
    return [(W.copy(), b.copy()) for W, b in parameters]


@mistake("training.update_parameters")
def update_to_the_step_alone(parameters, gradients, learning_rate):
    """Only the step comes back. It starts from the old parameters."""
    return [(-learning_rate * dW, -learning_rate * db) for dW, db in gradients]


@mistake("training.update_parameters")
def update_weights_only(parameters, gradients, learning_rate):
    """The biases stay as they were. They learn like weights do."""
    return [
        (W, b)
        for (W, _), (_, b) in zip(update_parameters(parameters, gradients, learning_rate), parameters, strict=True)
    ]


@mistake("training.update_parameters")
def update_biases_only(parameters, gradients, learning_rate):
    """The weights stay as they were. They learn like biases do."""
    return [
        (W, b)
        for (W, _), (_, b) in zip(parameters, update_parameters(parameters, gradients, learning_rate), strict=True)
    ]


@mistake("training.update_parameters")
def update_biases_at_full_rate(parameters, gradients, learning_rate):
    """The biases' step lacks the learning rate. It is the same for weights and biases."""
    return [(W - learning_rate * dW, b - db) for (W, b), (dW, db) in zip(parameters, gradients, strict=True)]


@mistake("training.update_parameters")
def update_biases_by_the_weights_gradient(parameters, gradients, learning_rate):
    """The biases move by the weights' gradient. Each parameter has its own: dW for W, db for b."""
    return [
        (W - learning_rate * dW, b - learning_rate * dW.sum(axis=1, keepdims=True))
        for (W, b), (dW, _) in zip(parameters, gradients, strict=True)
    ]


@mistake("training.update_parameters")
def update_with_a_flat_bias(parameters, gradients, learning_rate):
    """The bias lost its second axis. It is a column, (n_out, 1), like its gradient."""
    return [(W, b.ravel()) for W, b in update_parameters(parameters, gradients, learning_rate)]


@mistake("training.update_parameters")
def update_all_but_the_first_layer(parameters, gradients, learning_rate):
    """The first layer stays as it was. Where does the loop begin?"""
    return [*parameters[:1], *update_parameters(parameters[1:], gradients[1:], learning_rate)]


@mistake("training.update_parameters")
def update_all_but_the_last_layer(parameters, gradients, learning_rate):
    """The last layer stays as it was. Where does the loop end?"""
    return [*update_parameters(parameters[:-1], gradients[:-1], learning_rate), *parameters[-1:]]


@mistake("training.update_parameters")
def update_two_layers(parameters, gradients, learning_rate):
    """Only the first two layers learn. Networks have any number of them: loop over all."""
    return [*update_parameters(parameters[:2], gradients[:2], learning_rate), *parameters[2:]]


@mistake("training.update_parameters")
def update_returns_the_last_layer(parameters, gradients, learning_rate):
    """Only one layer comes back. Collect all of them in a list."""
    return update_parameters(parameters, gradients, learning_rate)[:1]


@mistake("training.update_parameters")
def update_in_reversed_order(parameters, gradients, learning_rate):
    """The layers come back in reversed order. The first one comes first."""
    return update_parameters(parameters, gradients, learning_rate)[::-1]


@mistake("training.update_parameters")
def update_by_the_sign(parameters, gradients, learning_rate):
    """Only the gradient's sign is used, so all steps are of one length. Steeper slopes make longer steps."""
    return update_parameters(parameters, [(np.sign(dW), np.sign(db)) for dW, db in gradients], learning_rate)


@mistake("training.update_parameters")
def update_divided_by_units(parameters, gradients, learning_rate):
    """The gradient is divided once more. The 1/m is in it already, and no other factor belongs there."""
    return update_parameters(parameters, [(dW / len(dW), db / len(db)) for dW, db in gradients], learning_rate)


@mistake("training.update_parameters")
def update_with_decay(parameters, gradients, learning_rate):
    """The weights shrink a little besides: weight decay. Plain gradient descent is asked for."""
    return update_parameters([(0.999 * W, b) for W, b in parameters], gradients, learning_rate)


@mistake("training.update_parameters")
def update_in_place(parameters, gradients, learning_rate):
    """The caller's arrays are changed: -= writes into them, also through a copy of the list. Subtract into new ones."""
    for (W, b), (dW, db) in zip(parameters, gradients, strict=True):
        W -= learning_rate * dW
        b -= learning_rate * db
    return list(parameters)


def store(self, parameters, activations, learning_rate):
    self.parameters, self.activations, self.learning_rate = parameters, activations, learning_rate


@mistake("training.MLP")
def mlp_of_a_fixed_size(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """The network always has the same layers, whatever layer_sizes says. Use the argument."""
    store(self, initialize_parameters([2, 16, 8, 1], seed), activations, learning_rate)


@mistake("training.MLP")
def mlp_without_its_last_layer(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """One layer is missing. Which numbers of layer_sizes make the last one?"""
    store(self, initialize_parameters(layer_sizes[:-1], seed), activations, learning_rate)


@mistake("training.MLP")
def mlp_with_zero_weights(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """All weights start at 0, so all units of a layer learn the same. Which function draws the first parameters?"""
    store(self, [(0 * W, b) for W, b in initialize_parameters(layer_sizes, seed)], activations, learning_rate)


@mistake("training.MLP")
def mlp_with_tiny_weights(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """The weights start 100 times too small. initialize_parameters gives them the right size."""
    store(self, [(0.01 * W, b) for W, b in initialize_parameters(layer_sizes, seed)], activations, learning_rate)


@mistake("training.MLP")
def mlp_with_weights_transposed(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """W is (n_in, n_out). Which function draws parameters in the right shape?"""
    store(self, [(W.T, b) for W, b in initialize_parameters(layer_sizes, seed)], activations, learning_rate)


@mistake("training.MLP")
def mlp_without_a_seed(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """The seed isn't used, so each network starts differently. Hand it on."""
    store(self, initialize_parameters(layer_sizes, None), activations, learning_rate)


@mistake("training.MLP")
def mlp_with_one_seed_for_all(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """Whatever the seed, the start is the same: it isn't handed on, so the default is used."""
    store(self, initialize_parameters(layer_sizes), activations, learning_rate)


@mistake("training.MLP")
def mlp_with_parameters_for_all(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """The parameters belong to the class, so a new network changes those of all others. Each object keeps its own."""
    type(self).parameters = initialize_parameters(layer_sizes, seed)
    self.activations, self.learning_rate = activations, learning_rate


@mistake("training.MLP")
def mlp_without_parameters(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """There is nothing in parameters yet. Draw them here, so that the network can predict before it is trained."""
    store(self, [], activations, learning_rate)


@mistake("training.MLP")
def mlp_with_a_start_for_each_size(self, layer_sizes, activations, learning_rate=0.1, seed=42, drawn={}):  # noqa: B006
    """Networks of one size share their first parameters, whatever the seed. Draw them anew for each network."""
    store(
        self, drawn.setdefault(tuple(layer_sizes), initialize_parameters(layer_sizes, seed)), activations, learning_rate
    )


@mistake("training.MLP")
def mlp_with_random_biases(self, layer_sizes, activations, learning_rate=0.1, seed=42):
    """It draws parameters of its own, and they aren't those of initialize_parameters. Which function draws them?"""
    random = np.random.RandomState(seed)
    parameters = [(np.abs(W), random.randn(*b.shape)) for W, b in initialize_parameters(layer_sizes, seed)]
    store(self, parameters, activations, learning_rate)


@mistake("training.MLP.forward")
def mlp_forward_with_cache(self, X):
    """The cache comes back as well. Here only Y_hat is asked for."""
    return forward(X, self.parameters, self.activations)


@mistake("training.MLP.forward")
def mlp_forward_of_decisions(self, X):
    """Only 0 and 1 come back. Deciding is the affair of predict: here are probabilities."""
    return np.round(forward(X, self.parameters, self.activations)[0])


@mistake("training.MLP.forward")
def mlp_forward_without_output_activation(self, X):
    """The last layer's Z comes back. The output has an activation as well, the sigmoid."""
    return forward(X, self.parameters, self.activations)[1][-1][1]


@mistake("training.MLP.forward")
def mlp_forward_with_the_sigmoid_twice(self, X):
    """The output goes through a sigmoid once more. It is a probability already."""
    return sigmoid(forward(X, self.parameters, self.activations)[0])


@mistake("training.MLP.forward")
def mlp_forward_with_relu_in_all_hidden_layers(self, X):
    """Hidden layers always use relu. The network was told which activations to use: are they stored?"""
    return forward(X, self.parameters, ["relu"] * (len(self.parameters) - 1) + ["sigmoid"])[0]


@mistake("training.MLP.forward")
def mlp_forward_without_biases(self, X):
    """The biases are left out, which doesn't show before training, when they are 0. Use forward from mlp.forward."""
    return forward(X, [(W, np.zeros_like(b)) for W, b in self.parameters], self.activations)[0]


@mistake("training.MLP.forward")
def mlp_forward_from_the_start(self, X):
    """It computes with the first parameters, as if nothing had been learned. Use the current ones."""
    if not hasattr(self, "first"):
        self.first = self.parameters
    return forward(X, self.first, self.activations)[0]


@mistake("training.MLP.forward")
def mlp_forward_remembered(self, X):
    """The first result comes back again, whatever X is. Compute it anew in every call."""
    if not hasattr(self, "Y_hat"):
        self.Y_hat = forward(X, self.parameters, self.activations)[0]
    return self.Y_hat


@mistake("training.MLP.forward")
def mlp_forward_flat(self, X):
    """Y_hat has lost its first axis. It is a row of one probability per sample: (1, m)."""
    return forward(X, self.parameters, self.activations)[0].ravel()


@mistake("training.MLP.forward")
def mlp_forward_as_a_column(self, X):
    """Y_hat is a column. Samples are columns, so their probabilities make a row: (1, m)."""
    return forward(X, self.parameters, self.activations)[0].T


@mistake("training.MLP.predict")
def mlp_predict_probabilities(self, X):
    """Probabilities come back. Decide: which class is the likelier one?"""
    return self.forward(X)


@mistake("training.MLP.predict")
def mlp_predict_always_1(self, X):
    """Everything becomes 1: a sigmoid's output is above 0 always. At which probability are both classes as likely?"""
    return (self.forward(X) > 0).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_upside_down(self, X):
    """The classes are swapped: 1 is where Y_hat is above 0.5."""
    return (self.forward(X) < 0.5).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_by_the_mean(self, X):
    """The threshold is the mean of the predictions, so it depends on which samples come together. It is 0.5."""
    Y_hat = self.forward(X)
    return (Y_hat > np.mean(Y_hat)).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_by_a_high_threshold(self, X):
    """The threshold is too high. At which probability are both classes as likely?"""
    return (self.forward(X) > 0.6).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_by_z(self, X):
    """The pre-activation is compared with 0.5. Either compare the probability with 0.5, or Z with 0."""
    Y_hat = self.forward(X)
    return (np.log(Y_hat / (1 - Y_hat)) > 0.5).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_cut_off(self, X):
    """Everything becomes 0: so do cut-off decimals, and the place of the largest of one output. Compare the
    probability with a threshold."""
    return self.forward(X).astype(int)


@mistake("training.MLP.predict")
def mlp_predict_by_argmax(self, X):
    """Everything becomes 0: so do cut-off decimals, and the place of the largest of one output. Compare the
    probability with a threshold."""
    return np.argmax(self.forward(X), axis=0)[None]


@mistake("training.MLP.predict")
def mlp_predict_with_signs(self, X):
    """The classes are -1 and 1. Here they are called 0 and 1."""
    return np.where(self.forward(X) > 0.5, 1, -1)


@mistake("training.MLP.predict")
def mlp_predict_flat(self, X):
    """The predictions have lost their first axis. Labels are a row here: (1, m)."""
    return (self.forward(X) > 0.5).astype(int).ravel()


@mistake("training.MLP.predict")
def mlp_predict_one_class_for_all(self, X):
    """All samples get one class together. Decide for each of them."""
    Y_hat = self.forward(X)
    return np.full(Y_hat.shape, int(np.mean(Y_hat) > 0.5))


def descend(
    self, X, Y, epochs, *, gradients=backward, rate=lambda epoch, rate: rate, begin=lambda parameters: parameters
):
    """Gradient descent with one of its parts replaced; returns the losses."""
    losses = []
    for epoch in range(epochs):
        self.parameters = begin(self.parameters)
        Y_hat, cache = forward(X, self.parameters, self.activations)
        losses.append(binary_cross_entropy(Y_hat, Y))
        slopes = gradients(Y_hat, Y, cache, self.parameters, self.activations)
        self.parameters = update_parameters(self.parameters, slopes, rate(epoch, self.learning_rate))
    return losses


@mistake("training.MLP.train")
def train_with_losses_after_the_step(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Each loss is taken after the epoch's step, so the first one is missing. Take it before the update."""
    losses = []
    for _ in range(epochs):
        descend(self, X, Y, 1)
        losses.append(binary_cross_entropy(forward(X, self.parameters, self.activations)[0], Y))
    return losses


@mistake("training.MLP.train")
def train_one_epoch_less(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It trains for one epoch less than asked for. Where does the loop begin and end?"""
    return descend(self, X, Y, epochs - 1)


@mistake("training.MLP.train")
def train_one_epoch_more(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It trains for one epoch more than asked for. Where does the loop begin and end?"""
    return descend(self, X, Y, epochs + 1)


@mistake("training.MLP.train")
def train_one_step_more(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The losses are right, but one more step is taken after the last of them. One step per epoch."""
    losses = descend(self, X, Y, epochs)
    descend(self, X, Y, 1)
    return losses


@mistake("training.MLP.train")
def train_for_an_epoch(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It returns within the loop, after the first epoch. Look at the indentation."""
    return descend(self, X, Y, min(epochs, 1))


@mistake("training.MLP.train")
def train_for_a_fixed_time(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It always trains for the same number of epochs. Use the argument."""
    return descend(self, X, Y, 100)


@mistake("training.MLP.train")
def train_with_losses_now_and_then(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Losses are kept only where they are printed. Keep one per epoch, and print some of them."""
    return descend(self, X, Y, epochs)[::print_every]


@mistake("training.MLP.train")
def train_with_losses_only_if_verbose(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Without verbose no losses come back. verbose decides on printing alone."""
    losses = descend(self, X, Y, epochs)
    return losses if verbose else []


@mistake("training.MLP.train")
def train_with_the_last_loss_only(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Only the last loss comes back. Collect one per epoch."""
    return descend(self, X, Y, epochs)[-1]


@mistake("training.MLP.train")
def train_without_losses(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Nothing comes back. Return the losses that were collected."""
    descend(self, X, Y, epochs)


@mistake("training.MLP.train")
def train_with_losses_of_all_trainings(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The losses of earlier trainings come back, too: the list lives on. Begin a new one in each call."""
    self.losses = [*getattr(self, "losses", []), *descend(self, X, Y, epochs)]
    return self.losses


@mistake("training.MLP.train")
def train_with_losses_in_total(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The losses are sums over the samples. Each is the mean: use binary_cross_entropy as it is."""
    return [X.shape[1] * loss for loss in descend(self, X, Y, epochs)]


@mistake("training.MLP.train")
def train_with_accuracies_for_losses(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Accuracies come back instead of losses. The loss is the binary cross-entropy."""
    accuracies = []
    for _ in range(epochs):
        accuracies.append(float(np.mean(self.predict(X) == Y)))
        descend(self, X, Y, 1)
    return accuracies


@mistake("training.MLP.train")
def train_without_keeping_the_step(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The new parameters are computed, but not kept, so nothing is learned. Where do they have to go?"""
    start = self.parameters
    losses = descend(self, X, Y, epochs, begin=lambda _: start)
    self.parameters = start
    return losses


@mistake("training.MLP.train")
def train_in_a_local_variable(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It learns, but forgets all at the end: the parameters are kept in a local variable. Store them on the network."""
    start = self.parameters
    losses = descend(self, X, Y, epochs)
    self.parameters = start
    return losses


@mistake("training.MLP.train")
def train_from_the_start_again(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Each training begins with new parameters. Draw them in the constructor, and go on from where it stood."""
    if not hasattr(self, "first"):
        self.first = self.parameters
    self.parameters = self.first
    return descend(self, X, Y, epochs)


@mistake("training.MLP.train")
def train_with_the_first_gradient(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The gradient is computed once, before the loop. It changes with every step: compute it in each epoch."""
    Y_hat, cache = forward(X, self.parameters, self.activations)
    slopes = backward(Y_hat, Y, cache, self.parameters, self.activations)
    return descend(self, X, Y, epochs, gradients=lambda *_: slopes)


@mistake("training.MLP.train")
def train_uphill(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The loss rises from epoch to epoch: the steps go along the gradient. Which sign leads down?"""
    return descend(self, X, Y, epochs, rate=lambda epoch, rate: -rate)


@mistake("training.MLP.train")
def train_at_a_fixed_rate(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The learning rate is always 0.1, whatever the constructor was given. Is it stored?"""
    return descend(self, X, Y, epochs, rate=lambda epoch, rate: 0.1)


@mistake("training.MLP.train")
def train_at_a_falling_rate(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The learning rate shrinks from epoch to epoch. Plain gradient descent keeps it."""
    return descend(self, X, Y, epochs, rate=lambda epoch, rate: rate * 0.999**epoch)


@mistake("training.MLP.train")
def train_the_last_layer(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Only the last layer learns. The gradients of all layers are there: use them all."""

    def gradients(*arguments):
        slopes = backward(*arguments)
        return [(0 * dW, 0 * db) for dW, db in slopes[:-1]] + slopes[-1:]

    return descend(self, X, Y, epochs, gradients=gradients)


@mistake("training.MLP.train")
def train_without_biases(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The biases stay at 0. They learn like weights do."""
    return descend(self, X, Y, epochs, gradients=lambda *arguments: [(dW, 0 * db) for dW, db in backward(*arguments)])


@mistake("training.MLP.train")
def train_on_bounded_gradients(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Large gradients are cut off. Plain gradient descent takes them as they are."""

    def gradients(*arguments):
        return [(np.clip(dW, -1, 1), np.clip(db, -1, 1)) for dW, db in backward(*arguments)]

    return descend(self, X, Y, epochs, gradients=gradients)


@mistake("training.MLP.train")
def train_with_decay(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """The weights shrink a little in each epoch: weight decay. Plain gradient descent is asked for."""
    return descend(self, X, Y, epochs, begin=lambda parameters: [(0.999 * W, b) for W, b in parameters])


@mistake("training.MLP.train")
def train_with_momentum(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Old steps live on: that is momentum. Plain gradient descent is asked for: each step is made of its own
    gradient."""
    velocity = [(0 * W, 0 * b) for W, b in self.parameters]

    def gradients(*arguments):
        velocity[:] = [
            (0.9 * vW + dW, 0.9 * vb + db) for (vW, vb), (dW, db) in zip(velocity, backward(*arguments), strict=True)
        ]
        return velocity

    return descend(self, X, Y, epochs, gradients=gradients)


@mistake("training.MLP.train")
def train_sample_by_sample(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """A step is taken after each sample. Full batch means: one step per epoch, on the mean over all samples."""
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(forward(X, self.parameters, self.activations)[0], Y))
        for i in range(X.shape[1]):
            descend(self, X[:, [i]], Y[:, [i]], 1)
    return losses


@mistake("training.MLP.train")
def train_in_batches(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """A step is taken after each batch of 32 samples. Full batch means: one step per epoch, on all of them."""
    losses = []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(forward(X, self.parameters, self.activations)[0], Y))
        for i in range(0, X.shape[1], 32):
            descend(self, X[:, i : i + 32], Y[:, i : i + 32], 1)
    return losses


@mistake("training.MLP.train")
def train_on_the_first_sample(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """Only the first sample is learned from. Each step is made of the mean over all of them."""
    return descend(self, X[:, :1], Y[:, :1], epochs)


@mistake("training.MLP.train")
def train_on_eighty_percent(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """A part of the samples is held back. What train is given is for training, all of it."""
    m = max(1, int(0.8 * X.shape[1]))
    return descend(self, X[:, :m], Y[:, :m], epochs)


@mistake("training.MLP.train")
def train_until_the_loss_rises(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It stops where the loss rises, or no longer falls. Train for as many epochs as asked for."""
    losses = []
    for _ in range(epochs):
        losses += descend(self, X, Y, 1)
        if len(losses) > 1 and losses[-1] > losses[-2] - 1e-8:
            break
    return losses


@mistake("training.MLP.train")
def train_until_all_are_right(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It stops where all samples are right. Train for as many epochs as asked for: the loss can still fall."""
    losses = []
    for _ in range(epochs):
        losses += descend(self, X, Y, 1)
        if np.all(self.predict(X) == Y):
            break
    return losses


@mistake("training.MLP.train")
def train_back_to_the_best(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """In the end it goes back to the parameters with the lowest loss. It should keep the last ones."""
    best, losses = (np.inf, self.parameters), []
    for _ in range(epochs):
        before = self.parameters
        losses += descend(self, X, Y, 1)
        if losses[-1] < best[0]:
            best = losses[-1], before
    self.parameters = best[1]
    return losses


@mistake("training.MLP.train")
def train_that_always_prints(self, X, Y, epochs=1000, print_every=100, verbose=True):
    """It prints even if verbose is False. Ask before printing."""
    losses = descend(self, X, Y, epochs)
    print(f"loss {losses[-1]:.4f}")
    return losses


@mistake("training.MLP.evaluate")
def evaluate_in_percent(self, X, Y):
    """The accuracy is in percent. Between 0 and 1 is asked for."""
    return 100 * float(np.mean(self.predict(X) == Y))


@mistake("training.MLP.evaluate")
def evaluate_errors(self, X, Y):
    """This is the share of samples that are wrong. Accuracy counts those that are right."""
    return float(np.mean(self.predict(X) != Y))


@mistake("training.MLP.evaluate")
def evaluate_in_samples(self, X, Y):
    """This is the number of samples that are right, or that divided by the 1 row that they stand in. Divide by how
    many samples there are."""
    return int(np.sum(self.predict(X) == Y))


@mistake("training.MLP.evaluate")
def evaluate_against_each_other(self, X, Y):
    """Each prediction is compared with every label: a row and a column make a matrix. Give both the same shape."""
    return float(np.mean(self.predict(X).T == Y))


@mistake("training.MLP.evaluate")
def evaluate_probabilities(self, X, Y):
    """Probabilities are compared with labels, and are hardly ever equal. Compare what predict says."""
    return float(np.mean(self.forward(X) == Y))


@mistake("training.MLP.evaluate")
def evaluate_the_loss(self, X, Y):
    """This is the loss. Accuracy is the share of samples that are right."""
    return binary_cross_entropy(self.forward(X), Y)


@mistake("training.MLP.evaluate")
def evaluate_one_minus_the_mean_error(self, X, Y):
    """This is 1 minus the mean distance of probability and label. Accuracy counts decisions: right or wrong."""
    return float(1 - np.mean(np.abs(self.forward(X) - Y)))


@mistake("training.MLP.evaluate")
def evaluate_class_1_only(self, X, Y):
    """Only samples of class 1 are counted: that is recall. Count the others as well."""
    return float(np.sum(self.predict(X) * Y) / max(1, np.sum(Y)))


@mistake("training.MLP.evaluate")
def evaluate_hits_of_class_1_among_all(self, X, Y):
    """Right predictions of class 0 aren't counted: a product is 1 only where both are 1. Compare for equality."""
    return float(np.mean(self.predict(X) * Y))


@mistake("training.MLP.evaluate")
def evaluate_by_one_for_all(self, X, Y):
    """It is 1 if all are right, else 0. Count how many are."""
    return float(np.all(self.predict(X) == Y))


@mistake("training.MLP.evaluate")
def evaluate_rounded(self, X, Y):
    """The accuracy is rounded. Leave that to the printing."""
    return float(np.round(np.mean(self.predict(X) == Y), 1))


@mistake("training.MLP.evaluate")
def evaluate_divided_by_rows(self, X, Y):
    """This is the number of samples that are right, or that divided by the 1 row that they stand in. Divide by how
    many samples there are."""
    return float(np.sum(self.predict(X) == Y) / len(Y))


@mistake("training.compare_learning_rates")
def compare_one_network_on_and_on(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """One network is trained on and on, so later rates profit from earlier ones. Make a fresh one for each rate."""
    model, accuracies = MLP(layer_sizes, activations, seed=seed), {}
    for model.learning_rate in learning_rates:
        model.train(X_train, Y_train, epochs, verbose=False)
        accuracies[model.learning_rate] = model.evaluate(X_test, Y_test)
    return accuracies


@mistake("training.compare_learning_rates")
def compare_at_one_rate(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """All networks learn at the same rate: it isn't handed on, so the default is used."""
    [accuracy] = compare_learning_rates(
        X_train, Y_train, X_test, Y_test, [0.1], layer_sizes, activations, epochs, seed
    ).values()
    return dict.fromkeys(learning_rates, accuracy)


@mistake("training.compare_learning_rates")
def compare_on_the_training_part(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The accuracies are those of the training part. What counts is data that the network has not seen."""
    return compare_learning_rates(
        X_train, Y_train, X_train, Y_train, learning_rates, layer_sizes, activations, epochs, seed
    )


@mistake("training.compare_learning_rates")
def compare_trained_on_the_test_part(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The networks are trained on the test part. Then it tests nothing any more: use the training part."""
    return compare_learning_rates(
        X_test, Y_test, X_test, Y_test, learning_rates, layer_sizes, activations, epochs, seed
    )


@mistake("training.compare_learning_rates")
def compare_from_different_starts(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """Each network starts elsewhere, so it isn't the rate alone that differs. Give all of them the same seed."""
    accuracies = {}
    for i, rate in enumerate(learning_rates):
        accuracies |= compare_learning_rates(
            X_train, Y_train, X_test, Y_test, [rate], layer_sizes, activations, epochs, seed + i
        )
    return accuracies


@mistake("training.compare_learning_rates")
def compare_from_one_seed_always(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """Whatever the seed, the result is the same: it isn't handed on, so the default is used."""
    return compare_learning_rates(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs)


@mistake("training.compare_learning_rates")
def compare_for_a_fixed_time(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The number of epochs isn't handed on, so the default is used."""
    return compare_learning_rates(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, seed=seed)


@mistake("training.compare_learning_rates")
def compare_untrained(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42):
    """The networks aren't trained, so all rates give the same. Train each one before it is tested."""
    return {rate: MLP(layer_sizes, activations, rate, seed).evaluate(X_test, Y_test) for rate in learning_rates}


@mistake("training.compare_learning_rates")
def compare_a_fixed_network(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The network always has the same hidden layers. Use layer_sizes and activations."""
    sizes, names = [layer_sizes[0], 16, 8, 1], ["relu", "relu", "sigmoid"]
    return compare_learning_rates(X_train, Y_train, X_test, Y_test, learning_rates, sizes, names, epochs, seed)


@mistake("training.compare_learning_rates")
def compare_losses(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42):
    """Losses come back. Accuracies on the test part are asked for."""
    losses = {}
    for rate in learning_rates:
        losses[rate] = MLP(layer_sizes, activations, rate, seed).train(X_train, Y_train, epochs, verbose=False)[-1]
    return losses


@mistake("training.compare_learning_rates")
def compare_as_a_list(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42):
    """The accuracies come as a list. A dictionary says which rate each one belongs to."""
    return list(
        compare_learning_rates(
            X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs, seed
        ).values()
    )


@mistake("training.compare_learning_rates")
def compare_with_names_for_rates(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """The dictionary's keys are texts. The learning rates themselves are asked for."""
    return {
        str(rate): accuracy
        for rate, accuracy in compare_learning_rates(
            X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs, seed
        ).items()
    }


@mistake("training.compare_learning_rates")
def compare_and_print(X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42):
    """The training prints its losses. Tell it not to."""
    accuracies = {}
    for rate in learning_rates:
        model = MLP(layer_sizes, activations, rate, seed)
        model.train(X_train, Y_train, epochs)
        accuracies[rate] = model.evaluate(X_test, Y_test)
    return accuracies


@mistake("training.compare_learning_rates")
def compare_the_best_only(
    X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs=1000, seed=42
):
    """Only the best rate comes back. Return the accuracies of all."""
    accuracies = compare_learning_rates(
        X_train, Y_train, X_test, Y_test, learning_rates, layer_sizes, activations, epochs, seed
    )
    best = max(accuracies, key=accuracies.get)
    return {best: accuracies[best]}
