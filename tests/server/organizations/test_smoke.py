def test_world(world):
    pass


def test_world2(world):
    pass
