"""The event lake: four tables that every source is read into, and the SQL that runs over them."""
