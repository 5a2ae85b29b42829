/// The longest RSA key that is taken, made once because making one takes seconds.
///
/// `openssl genrsa 8192`, and `openssl dgst -sha512 -sign` over the bytes of `Samples.message`.
enum LongestRSAKey {
    static let blob = """
        AAAAB3NzaC1yc2EAAAADAQABAAAEAQDW/868+xUSGcya5LCUpfxqCBFba/tPRIB0pHC6kGn7jEQgqxErSrnMGlA+\
        zaUXlBn9HzxD//6c18Ml/WJcgH1FjnCrDeG58aDXI8jaJ8xnPCXvrEyqzar+l1vz8ziU0dzvSvzyNyRYYnl0AWHb\
        7Rp2AFlCEFKaWjdpsHWBwdnlTCkb+W8oXClHWzh1rdhDGAkYNN1wD/Rx/UnN/qizK+zF2G5119pD0L9CZm8jGAeY\
        07ltGRAy3APvnH5owjAGJi7ecqqXHfNRwbL2jBZzHawJnz9LuqLYBDRnEoOVkb0xUusZCfTbSroMTFT6G27Yzxh0\
        Pv09Tn5n2AkHPU/2RkkLQa+gB7PzpUGrHWPP4a3c8umSEfuhM+2ESS4aJqbqbR1pCVgBVzIyfpbnVgVYRXcc63pJ\
        OL8tkApQ3LPaHg0ZI5D+zoWrZHFE62wu5RRlcY5bHk5rLPfBwHp74WpyA1ccHyVuxPctBgvVIemSRL5gGXDLcwbW\
        /a3lkuSLEUkovDtAooSyWgBQKP27rdAOXs8Flc6WxUYeA5DUIEXDIbv3GO7Br18aWRazbkO17xjz3GIXE98YpU/s\
        eKpcuIgb5rL13JdkrAMsV/JY3kMihRuIkDctO/+NI8BuGecyOsS/HNDuusl+q8Jk4DsBx1jzuNzrQ1fu5C52FZs0\
        c6nK/iO4kNlA0A5cYgSq5995qZrh+44NcY/BmOR87XtGrq3fynjnQNZxLfQwTDWywIjHdW0uaJsvnezu0NwqYvor\
        4ma5MyKPHA9xQRLjaCZglFkucpUPZZFkEOWfC5WuXb3Y3c90yysXKMGZyjkc4OD5+Fv7SjXY+WY6ne2q0fYFsqJk\
        4MgaJP8sak7VA0Wti5c3h6LV0OnuxC6WKFBMv8Zn0NxWwKLpysyYbKdqRPZKlzoQJCYNmH6aPQ+734eLl+zg8fYo\
        qGBuU7CxMZco0imsXmgVYP7Ph9Fnm98tCIPZW3zZe2r5XBU1CTKQBGPREHRdNTpFuVpg7/VgusnfC6VDvEuIHKEK\
        TZcN0+KrjuEbBWmRoHPA+n+dcH5X+GblZ7XJ9QQJ9jUH475/0sRcp1IgBbcW8cdnIgRkRMgVeFFL8ehVfca+bURJ\
        fcBzNuAvwmSDx5PpgrnEu7DQMioQiJ//gughZA9erwi4hVU0KlbSsENemXLP9r6wvThzJpoGkkRdWScocrDYYJVw\
        ZIdNbxfWQ1QSdGpmNCjJrPeaZz10ubd0hX0XvIZkZqj6zmHNlgKJ5RJ8w2L+JHswB6tGR3465oPVXZrECu5EqiDv\
        j6xD8uiS1UWQF5WsqWgoCnlBvG2crKTx8xEKXfhqe+CJM5HLu1njRdGqQP7JOnveZWaoIN4VgUXD
        """

    static let signature = """
        dmmdbafIxFnbuAUqJe9B24+I4Ptrf5F5HL4I778YHB2txG0UvJb3lzAUPkWoXze2yWeqOGJH1Gv4HUbnEYbiQrTb\
        JiXjmPU6/ozRh5j54evSFEnJAkHX2fDRslUta2xYmiNmEp0/4rELpgqUNpU9b6AzQ4tMvQlDLX5aagt8x/xRilDf\
        GAfhqarULeVpTRp0u+8jrkIqXhCnPJjjAv2ImCEWkWFzmqcLKgesab3V7keKYw4g6WJjgs22HxJN/ITUeMvu8IBc\
        CUc2UoVS79Ru0mqfFw+4zU4+QgWp5GcXwEWSard7ibI2yIWpT2zJR5hm/64UELBzAC6kC2QR0zcAqa5uVKsGxy00\
        m2wAUs2aLkrNq/YzPSlxu+lVkESvXv04VlzKgHxb7WnhWNiEU1X3S4+Dsaa2cOEqZWkFs7kgmbWJo+7JZxnEu1DB\
        aMBKyEsQuWSdQBt3++PYUN53JYcAVAS7e1+bM/wjvTir7zFsuCObjBXl6adximsPmXZILsJVY6f9teNJOCyaKdLp\
        EoJbW7QNRpdymg5zfrkJYJWCOcQyiKd6667bEKs0orNpYmfQTAsyHZHmrod4FbO+D7PmLJxhvk0LrA7aDzDZMQlV\
        KMNfnLDy7Ut+FjRGzXBEKQVwp/smLpHLMNInrujRdGX/lWkObF6PSsB6hMrGu6zCtQKftj1WWtmiFJ7HRdxVQyVp\
        Lp0WsZh2kkiPlEv3ZnRvw2P5TSnX3dd530mewImpd2jl8riGEyZFXSyoclt/8HEd5ehqPIS68MOFBGtnazSt9fDp\
        OXUX8r0/NJS0TvxWTLDjSHkcEa3tsXf9FZzFmCdO57RDJsE2mKt4z5hPefjouCvhC1I2hp4laNAHRoloE8i7zwpw\
        rLNcVVCk2u/tgwop1iK1g6Nbg+Haoup7bx4LzqUvN65QzpCkbLz/Q9CZsoFBNxxraA+UGiH1pWYEiOtNjV9inBNT\
        xia1E+rclyKlo5bbLebklHm9uKwHOidr/o1vcxf+uak8yFGsLqNIFOAykWPrfpEnRTTMKc1VwauJMs984WBeFP6c\
        cSrwuHShNn4d9OIrjPWLL46HiH289MPJ40fVJ5cVkzFYNpcUHXSFngYuK0FMTWe3Mt5h1aI6ymv/Zh8WBGsEby5b\
        3ypLeTG+4JwC02s63dQKcKPo+NFZNITrutYJcjTiUCIC0iJjMcszcctloWNgOFVLEmIOlM5RflmILkjvxiMnpXpm\
        ttL6xOHsa5/sc0a02sRQib25z/66lLpYMrgv4yP4XYKIYIQg0DeGlaxZilvdWLTdihXmJOhLarSJlYhbNpZRoGhZ\
        MBQqVjIZJvjhDd7vo0DJDoZp4hzAfqMidefYXP3zmJVhIw==
        """
}
