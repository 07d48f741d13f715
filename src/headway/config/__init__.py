"""How the parts are put together into a Django project."""
