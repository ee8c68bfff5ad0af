"""The OpenAPI description of the endpoints, written from the models that they run on."""
