"""The predictions, live in a notebook."""

from backprop_lab.live import live
from backprop_lab.pictures import prediction

predict_number = live(prediction.number, prediction.view, prediction.update)
predict_code = live(prediction.code, prediction.view, prediction.update)
predict_name = live(prediction.name, prediction.view, prediction.update)
predict_shape = live(prediction.shape, prediction.view, prediction.update)
predict_choice = live(prediction.choice, prediction.view, prediction.update)
predict_order = live(prediction.order, prediction.view, prediction.update)
