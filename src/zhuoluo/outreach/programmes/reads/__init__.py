"""Every question to programmes: by programme, application, payment, wanted talent."""
