"""A small AWS on a loopback port: moto, with the parts of IAM's judgement that moto leaves out."""
