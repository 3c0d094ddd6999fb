"""The parts every page is made of; knows no subject."""
