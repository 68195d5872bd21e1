from toolkit.tiles import tile

tile("services", "services.service_points", order=10)
