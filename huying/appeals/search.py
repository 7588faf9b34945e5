"""placeholder until the index lands"""


def index(appeal):
    return None
