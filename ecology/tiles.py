from toolkit.tiles import tile

tile("ecology", "ecology.green_area", facts=("ecology.green_spots",))
