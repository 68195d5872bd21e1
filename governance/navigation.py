from toolkit.pillar_home import add_to_menu

add_to_menu("governance")
